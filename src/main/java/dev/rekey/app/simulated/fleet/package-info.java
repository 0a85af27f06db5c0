/**
 * A simulated year of a fleet: many clusters on a few keys, the function app, and what people,
 * outages and other clients do to them, played in virtual time and judged at every step.
 */
@NullMarked
package dev.rekey.app.simulated.fleet;

import org.jspecify.annotations.NullMarked;
