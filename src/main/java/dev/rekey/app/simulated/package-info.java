/**
 * The function app in a simulated world: one thread, virtual time, a seed. Everything of the engine
 * is the real thing; everything around it can fail.
 */
@NullMarked
package dev.rekey.app.simulated;

import org.jspecify.annotations.NullMarked;
