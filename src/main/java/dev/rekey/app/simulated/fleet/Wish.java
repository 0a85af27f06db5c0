package dev.rekey.app.simulated.fleet;

import dev.rekey.operation.Kind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants Rekey to do with a cluster, to put an error right.
 *
 * @param since what was proved before doesn't make it needless
 * @param operation what it was last begun as; null while it was not
 */
record Wish(Kind kind, Instant since, @Nullable String operation) {
  Wish begunAs(String other) {
    return new Wish(kind, since, other);
  }
}
