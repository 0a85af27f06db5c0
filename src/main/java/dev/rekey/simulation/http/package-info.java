/** What the simulated services share of HTTP. */
@NullMarked
package dev.rekey.simulation.http;

import org.jspecify.annotations.NullMarked;
