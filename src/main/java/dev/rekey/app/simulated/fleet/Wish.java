package dev.rekey.app.simulated.fleet;

import dev.rekey.operation.Kind;
import java.time.Instant;

/**
 * What a person wants Rekey to do with a cluster, to put an error right.
 *
 * @param since what was proved before doesn't make it needless
 */
record Wish(Kind kind, Instant since) {}
