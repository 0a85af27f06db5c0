/** Signals, as the platform's log takes them. */
@NullMarked
package dev.rekey.telemetry;

import org.jspecify.annotations.NullMarked;
