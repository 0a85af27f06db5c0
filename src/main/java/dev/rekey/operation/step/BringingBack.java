package dev.rekey.operation.step;

import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Restoration;
import dev.rekey.operation.Decision;
import dev.rekey.operation.DroppedKey;
import dev.rekey.operation.DroppedVersions;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Reason;
import dev.rekey.reencryption.Scrape;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What stands against making a key version current again that AKS has dropped.
 *
 * <ol>
 *   <li>It can be used, and so can those in the slots: what lies under one that can't would be
 *       taken for lost, and dropped.
 *   <li>No API server reads it: then it isn't missing.
 *   <li>The cluster can go forward from it, to a version that can be used, or it is itself what the
 *       cluster is to stay on.
 *   <li>Something can't be decrypted.
 * </ol>
 */
final class BringingBack {
  private static final List<Function<Facts, Optional<Decision.Refuse>>> LINES =
      List.of(
          BringingBack::unfit,
          BringingBack::stillRead,
          BringingBack::noWayForward,
          BringingBack::nothingMissing);

  private static final List<Function<Facts, Optional<Decision.Refuse>>> FIT =
      List.of(BringingBack::targetUnfit, BringingBack::currentUnfit, BringingBack::otherSlotUnfit);

  /** While a sample counts as one that is read now, and some looks more. */
  private static final Duration STILL_TOLD = Scrape.FRESH.plusSeconds(30);

  private BringingBack() {}

  /** The first of them; empty if nothing does, as far as was seen. */
  static Optional<Decision.Refuse> objection(Facts facts) {
    return first(LINES, facts);
  }

  /** Line 1; one that the vault did not show just now is never taken for fit. */
  static Optional<Decision.Refuse> unfit(Facts facts) {
    return first(FIT, facts);
  }

  private static Optional<Decision.Refuse> first(
      List<Function<Facts, Optional<Decision.Refuse>>> lines, Facts facts) {
    return lines.stream().flatMap(line -> line.apply(facts).stream()).findFirst();
  }

  private static Optional<Decision.Refuse> targetUnfit(Facts facts) {
    KeyId to = missing(facts);
    return facts.version(to).isEmpty()
        ? refuse(Reason.TARGET_NOT_FOUND, to.url())
        : facts.version(to).flatMap(version -> unfit(facts, version, Reason.TARGET_UNFIT));
  }

  private static Optional<Decision.Refuse> currentUnfit(Facts facts) {
    KeyId from = current(facts);
    return facts.version(from).isEmpty()
        ? refuse(Reason.CURRENT_KEY_UNFIT, from + ": the vault does not have it")
        : facts.version(from).flatMap(version -> unfit(facts, version, Reason.CURRENT_KEY_UNFIT));
  }

  private static Optional<Decision.Refuse> otherSlotUnfit(Facts facts) {
    return new UnusableSlots(facts)
        .versions().stream()
            .flatMap(version -> unfit(facts, version, Reason.SLOT_UNFIT).stream())
            .findFirst();
  }

  /** With the command that makes it usable, where one does. */
  private static Optional<Decision.Refuse> unfit(Facts facts, KeyVersion version, Reason reason) {
    KeyFitness fitness = version.fitnessAt(facts.now());
    if (fitness == KeyFitness.FIT) {
      return Optional.empty();
    }
    KeyVersion follower = facts.version(current(facts)).orElse(version);
    String command =
        Restoration.of(version, follower, facts.now())
            .map(cure -> "; type: " + cure.command())
            .orElse("");
    return refuse(reason, version.id() + ": " + fitness.sentence() + command);
  }

  /**
   * Whether a refusal may pass by itself: the API servers seem to read the version only since they
   * tell of one that an update has dropped for a while yet. The ledger may be wrong about that, so
   * it isn't believed for long.
   */
  static boolean mayPass(Decision.Refuse refusal, Facts facts) {
    return refusal.reason() == Reason.VERSION_IN_SLOT
        && seen(facts).isInNoSlotByLedger(missing(facts))
        && facts.now().isBefore(facts.operation().startedAt().plus(STILL_TOLD));
  }

  private static Optional<Decision.Refuse> stillRead(Facts facts) {
    KeyId missing = missing(facts);
    return facts.scrape() != null && seen(facts).isRead(missing)
        ? refuse(Reason.VERSION_IN_SLOT, missing.url())
        : Optional.empty();
  }

  private static Optional<Decision.Refuse> noWayForward(Facts facts) {
    KeyId last = Objects.requireNonNull(facts.operation().route().stops().get(2).key());
    Optional<KeyVersion> target = facts.version(last);
    if (target.isEmpty()) {
      return refuse(Reason.TARGET_NOT_FOUND, last.url());
    }
    KeyId missing = missing(facts);
    boolean isForward =
        last.isSameAs(missing)
            || !last.isVersionOfSameKey(missing)
            || facts
                .version(missing)
                .map(version -> target.get().created().isAfter(version.created()))
                .orElse(false);
    return isForward
        ? unfit(facts, target.get(), Reason.TARGET_UNFIT)
        : refuse(Reason.TARGET_NOT_NEWER, last.url());
  }

  private static Optional<Decision.Refuse> nothingMissing(Facts facts) {
    DroppedKey dropped = facts.operation().progress().findings().dropped();
    return dropped != null && dropped.isNothingUnreadable()
        ? refuse(Reason.NOTHING_UNREADABLE, "each Secret was looked at")
        : Optional.empty();
  }

  /** What tells that it is this one. */
  static DroppedKey.Sign sign(Facts facts) {
    return seen(facts).shownBy(missing(facts));
  }

  private static DroppedVersions seen(Facts facts) {
    return new DroppedVersions(facts.versions(), current(facts), facts.ledger(), facts.scrape());
  }

  private static KeyId missing(Facts facts) {
    return Objects.requireNonNull(facts.operation().to(), "a key version to bring back");
  }

  private static KeyId current(Facts facts) {
    return Objects.requireNonNull(facts.operation().from(), "KMS is on");
  }

  private static Optional<Decision.Refuse> refuse(Reason reason, String detail) {
    return Optional.of(new Decision.Refuse(reason, detail));
  }
}
