package dev.rekey.operation.step;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Start;
import java.util.Optional;

/**
 * Whether a rotation that Rekey began by itself leads to a version that isn't the newest that can
 * be used any more: a newer one was made, or its own can't be used while another can. Once an
 * update may have been sent it goes on to its end, and the newest waits behind the proof.
 */
final class Superseded {
  private Superseded() {}

  /** Ends it, where there is a version that it should lead to instead. */
  static Optional<Decision.Refuse> refusal(Facts facts) {
    Operation operation = facts.operation();
    KeyId from = operation.from();
    KeyId to = operation.to();
    if (operation.kind() != Kind.ROTATE || !operation.mayGiveWay() || from == null || to == null) {
      return Optional.empty();
    }
    return facts
        .version(from)
        .flatMap(current -> Start.newest(current, facts.versions(), facts.now()))
        .map(KeyVersion::id)
        .filter(newest -> !newest.isSameAs(to))
        .map(newest -> new Decision.Refuse(Reason.SUPERSEDED, "by " + newest));
  }
}
