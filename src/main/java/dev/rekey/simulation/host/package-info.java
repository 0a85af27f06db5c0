/** What runs the function app: queues that deliver at least once and in no order. */
@NullMarked
package dev.rekey.simulation.host;

import org.jspecify.annotations.NullMarked;
