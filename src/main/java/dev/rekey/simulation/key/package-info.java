/**
 * The seam between the simulated API servers, which wrap their data keys, and the simulated vault,
 * which can.
 */
@NullMarked
package dev.rekey.simulation.key;

import org.jspecify.annotations.NullMarked;
