package dev.rekey.operation.step;

import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Grounds;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What stands against going back to the previous slot's key version (promise K4).
 *
 * <ol>
 *   <li>All was proved under it, and nothing but it and the one to be left was in a slot since.
 *       Never to a version from which a Secret may be missing.
 *   <li>No API server has ever loaded the one to be left: neither a status, however old, nor a read
 *       nor a write of it shows. Never away from what Secrets may lie under.
 *   <li>No API server has written under a third one since the proof: the update drops it.
 *   <li>It is an enabled, unexpired RSA version.
 * </ol>
 *
 * <p>The version to be left may be unusable, and the cluster may show Failed: that is what leads
 * here.
 */
final class GoingBack {
  private static final List<Function<Facts, Optional<Decision.Refuse>>> LINES =
      List.of(
          GoingBack::unproved,
          GoingBack::newKeyLoaded,
          GoingBack::thirdKeyWritten,
          GoingBack::unfit);

  private GoingBack() {}

  /** The first of them; empty if nothing does. All API servers were seen. */
  static Optional<Decision.Refuse> objection(Facts facts) {
    return LINES.stream().flatMap(line -> line.apply(facts).stream()).findFirst();
  }

  private static Optional<Decision.Refuse> unproved(Facts facts) {
    Operation operation = facts.operation();
    String etag = facts.requireCluster().etag();
    return Grounds.PROVED_ON_TO.hold(facts.ledger(), operation.before(), operation.after(), etag)
        ? Optional.empty()
        : refuse(Reason.RETURN_UNPROVED, String.valueOf(operation.to()));
  }

  private static Optional<Decision.Refuse> newKeyLoaded(Facts facts) {
    Set<String> loaded = facts.requireScrape().everLoaded(facts.operation().before().hash());
    return loaded.isEmpty()
        ? Optional.empty()
        : refuse(Reason.NEW_KEY_LOADED, String.join(", ", loaded));
  }

  private static Optional<Decision.Refuse> thirdKeyWritten(Facts facts) {
    ProvedOn proved = Objects.requireNonNull(facts.ledger().proved(), "line 1");
    Instant since = proved.at();
    Set<String> wrote =
        facts.requireScrape().wroteOtherwiseSince(since, facts.operation().after().hash());
    return wrote.isEmpty()
        ? Optional.empty()
        : refuse(Reason.FOREIGN_KEY_STORED, "written since " + since + " by " + wrote);
  }

  /** Line 4; one that the vault did not show just now is never taken for fit. */
  static Optional<Decision.Refuse> unfit(Facts facts) {
    KeyId to = Objects.requireNonNull(facts.operation().to(), "a key version to go back to");
    Optional<KeyVersion> target = facts.version(to);
    if (target.isEmpty()) {
      return refuse(Reason.TARGET_NOT_FOUND, to.url());
    }
    KeyFitness fitness = target.get().fitnessAt(facts.now());
    return fitness == KeyFitness.FIT
        ? Optional.empty()
        : refuse(Reason.TARGET_UNFIT, to + ": " + fitness.sentence());
  }

  private static Optional<Decision.Refuse> refuse(Reason reason, String detail) {
    return Optional.of(new Decision.Refuse(reason, detail));
  }
}
