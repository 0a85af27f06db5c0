package dev.rekey.operation.preflight;

import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the versions in both slots can be used: AKS' plugin encrypts with each at every health
 * check, and AKS refuses to rotate away from one that can't.
 */
final class SlotChecks {
  private SlotChecks() {}

  static Optional<Answer> current(Question question) {
    KeyId from = question.change().from().key();
    return from == null ? Optional.empty() : judge(question, from);
  }

  static Optional<Answer> previous(Question question) {
    KeyId from = question.change().from().key();
    if (from == null) {
      return Optional.empty();
    }
    KeyId previous = question.change().previous();
    return previous == null
        ? expectation("<key id>", Commands.versions(from.key()))
            .cannotTell("ARM doesn't show the previous slot, and our records don't hold it")
        : judge(question, previous);
  }

  private static Expectation expectation(String keyId, String look) {
    return new Expectation(
        "an enabled key version within its dates, with a day left at least",
        "az keyvault key set-attributes --id " + keyId + " --enabled true --expires <date>",
        look,
        Documented.KMS);
  }

  private static Optional<Answer> judge(Question question, KeyId id) {
    Expectation usable = expectation(id.url(), Commands.showKey(id));
    return usable.judge(
        question.seen().key(id.key()).version(id),
        version ->
            version
                .map(found -> judge(usable, found, question.now()))
                .orElseGet(() -> usable.failed("the vault no longer has " + id)));
  }

  private static Optional<Answer> judge(Expectation usable, KeyVersion version, Instant now) {
    KeyFitness fitness = version.fitnessAt(now);
    if (fitness != KeyFitness.FIT) {
      return usable.failed(version.id() + ": " + fitness.sentence());
    }
    // One that expires soon is the best reason to move on, and must not keep anybody from it.
    return KeyChecks.dates(usable, version, now).map(Answer::orWarning);
  }
}
