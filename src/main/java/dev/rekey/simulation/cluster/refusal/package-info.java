/**
 * What a simulated API server answers instead of doing what it was asked, in the real one's words.
 */
@NullMarked
package dev.rekey.simulation.cluster.refusal;

import org.jspecify.annotations.NullMarked;
