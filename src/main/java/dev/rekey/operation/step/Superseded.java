package dev.rekey.operation.step;

import dev.rekey.key.KeyFitness;
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
 * Whether a rotation leads to a version that isn't the newest that can be used any more, and
 * another is to take its place: where Rekey began it by itself, because a newer one was made, or
 * its own can't be used while another can; where a person did, only the latter. Once an update may
 * have been sent it goes on to its end, and the newest waits behind the proof.
 */
final class Superseded {
  private Superseded() {}

  /** Ends it, where Rekey began it and there is a version that it should lead to instead. */
  static Optional<Decision.Refuse> refusal(Facts facts) {
    return facts.operation().mayGiveWay() ? another(facts) : Optional.empty();
  }

  /**
   * Ends it whoever began it, where its own version can't be used and another can: it would wait
   * for ever for what nobody needs. The other way round a person's word counts.
   */
  static Optional<Decision.Refuse> refusalOfUnfit(Facts facts) {
    KeyId to = facts.operation().to();
    boolean isUnfit =
        to != null
            && facts
                .version(to)
                .map(version -> version.fitnessAt(facts.now()) != KeyFitness.FIT)
                .orElse(true);
    return isUnfit && facts.operation().canBeCancelled() ? another(facts) : Optional.empty();
  }

  private static Optional<Decision.Refuse> another(Facts facts) {
    Operation operation = facts.operation();
    KeyId from = operation.from();
    KeyId to = operation.to();
    if (operation.kind() != Kind.ROTATE || from == null || to == null) {
      return Optional.empty();
    }
    return facts
        .version(from)
        .filter(current -> current.id().isVersionOfSameKey(to))
        .flatMap(current -> Start.newest(current, facts.versions(), facts.now()))
        .map(KeyVersion::id)
        .filter(newest -> !newest.isSameAs(to))
        .map(newest -> new Decision.Refuse(Reason.SUPERSEDED, "by " + newest));
  }
}
