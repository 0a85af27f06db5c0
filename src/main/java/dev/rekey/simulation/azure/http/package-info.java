/** The simulated Azure over HTTP, for the real clients. */
@NullMarked
package dev.rekey.simulation.azure.http;

import org.jspecify.annotations.NullMarked;
