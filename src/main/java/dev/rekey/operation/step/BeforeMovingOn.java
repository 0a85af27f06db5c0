package dev.rekey.operation.step;

import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Restoration;
import dev.rekey.operation.Decision;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Opening;
import dev.rekey.operation.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Before a cluster is moved on to settings under which nothing lies yet.
 *
 * <ol>
 *   <li>Never on top of an update of another that has failed: it could hide which of the two moved
 *       the key.
 *   <li>Neither key version may be unusable, by what the vault has just shown. Never by what it
 *       showed at the check. Where the target is, and another newer one can be used, the rotation
 *       ends in favour of that; once an update may have been sent it waits, with what helps.
 *   <li>Nothing that Rekey began by itself is sent to a version that is no longer the newest, nor
 *       while the cluster's maintenance window is closed or can't be read. What a person has begun,
 *       and what may have been sent already, is never held by that.
 *   <li>To turn KMS off, only when each API server was seen just now: that each has changed since
 *       is the only sign that it has loaded the new settings.
 * </ol>
 */
final class BeforeMovingOn implements BeforeSending {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  @Override
  public Optional<Decision> atOnce(Facts facts) {
    return BeforeSending.failedByAnother(facts);
  }

  @Override
  public Set<FactKind> needs(Facts facts) {
    Set<FactKind> needed = EnumSet.of(FactKind.VERSIONS);
    if (!facts.operation().after().isOn()) {
      needed.add(FactKind.SCRAPE);
    }
    if (facts.operation().mayGiveWay()) {
      needed.add(FactKind.WINDOW);
    }
    return needed;
  }

  @Override
  public Optional<Decision> objection(Facts facts) {
    return Superseded.refusal(facts)
        .or(() -> Superseded.refusalOfUnfit(facts))
        .<Decision>map(refuse -> refuse)
        .or(() -> unfit(facts))
        .or(() -> shut(facts))
        .or(() -> unseen(facts));
  }

  /**
   * What was fit at the check may have been disabled or deleted since: neither slot may hold such a
   * version. One that the vault did not show just now is never taken for fit.
   */
  private static Optional<Decision> unfit(Facts facts) {
    return Optional.ofNullable(facts.operation().to())
        .flatMap(to -> unfitTarget(facts, to))
        .or(
            () ->
                Optional.ofNullable(facts.operation().from())
                    .flatMap(from -> unfitCurrent(facts, from)));
  }

  private static Optional<Decision> unfitTarget(Facts facts, KeyId to) {
    Optional<KeyVersion> target = facts.version(to);
    if (target.isEmpty()) {
      return Optional.of(new Decision.Stall(Reason.TARGET_NOT_FOUND, to.url()));
    }
    KeyFitness fitness = target.get().fitnessAt(facts.now());
    return fitness == KeyFitness.FIT
        ? Optional.empty()
        : Optional.of(
            new Decision.Stall(
                Reason.TARGET_UNFIT,
                to + ": " + fitness.sentence() + cure(facts, target.get()) + afterwards(facts)));
  }

  private static String cure(Facts facts, KeyVersion target) {
    return Restoration.of(target, target, facts.now())
        .map(cure -> "; type: " + cure.command())
        .orElse("");
  }

  /** Nothing else can be sent before it is known what became of the update. */
  private static String afterwards(Facts facts) {
    return facts.operation().mayHaveUpdated()
        ? "; the update to it may have been sent, so a newer version waits until it is proved"
        : "";
  }

  private static Optional<Decision> unfitCurrent(Facts facts, KeyId from) {
    Optional<KeyFitness> fitness = facts.version(from).map(one -> one.fitnessAt(facts.now()));
    if (fitness.isPresent() && fitness.get() == KeyFitness.FIT) {
      return Optional.empty();
    }
    String why = fitness.map(KeyFitness::sentence).orElse("the vault does not have it");
    return Optional.of(new Decision.Stall(Reason.CURRENT_KEY_UNFIT, from + ": " + why));
  }

  /** Rule 3. Looked at hourly, since windows are changed. */
  private static Optional<Decision> shut(Facts facts) {
    if (!facts.operation().mayGiveWay()) {
      return Optional.empty();
    }
    Opening opening = facts.requireOpening();
    if (opening.isOpen(facts.now())) {
      return Optional.empty();
    }
    if (!opening.readable()) {
      return Optional.of(new Decision.Stall(Reason.WINDOW_UNREADABLE, opening.text()));
    }
    Instant next = facts.now().plus(Decision.Stall.LOOK_AGAIN);
    Instant opens = opening.from();
    return Optional.of(
        new Decision.Wait(
            opens != null && opens.isBefore(next) ? opens : next,
            Reason.OUTSIDE_WINDOW,
            opening.text()));
  }

  /** Rule 4. */
  private static Optional<Decision> unseen(Facts facts) {
    return facts.operation().after().isOn() || facts.requireScrape().isComplete()
        ? Optional.empty()
        : Optional.of(new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.REPLICA_NOT_SEEN));
  }
}
