package dev.rekey.operation.step;

import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.Restoration;
import dev.rekey.operation.Decision;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Step;
import dev.rekey.operation.StepName;
import dev.rekey.operation.StepReport;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Secrets under the previous version, which can't be used any more, are written under the current
 * one, as long as API servers hold their data keys: whatever becomes of that version then, these
 * Secrets are safe.
 *
 * <ol>
 *   <li>Only where the previous version is the unusable one, by a fresh look at the vault and ARM:
 *       an approval may take days. Never where the current one is: what is written then may never
 *       be read again.
 *   <li>Not before every API server reads the current version. Never a write that another can't
 *       read.
 *   <li>What it can't reach is no reason to stay: to make the version usable again helps those
 *       Secrets too. Never hold that up for long.
 *   <li>Nothing that it finds counts as proof.
 * </ol>
 */
final class Rescue implements Step {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  /** For API servers to answer, and to read the current version. */
  private static final Duration TO_BEGIN = Duration.ofMinutes(10);

  /** A hundred thousand Secrets take some minutes. */
  private static final Duration TO_END = Duration.ofHours(1);

  private final PassRounds rounds;

  Rescue(PassRounds rounds) {
    this.rounds = rounds;
  }

  @Override
  public StepName name() {
    return StepName.RESCUE;
  }

  @Override
  public boolean isBeforeUpdate() {
    return true;
  }

  @Override
  public Set<FactKind> needs(Operation operation) {
    if (isDecidedWithoutServers(operation)) {
      return Set.of();
    }
    EnumSet<FactKind> needed = EnumSet.of(FactKind.CLUSTER);
    needed.addAll(PassRounds.needs(operation));
    return needed;
  }

  /** Where it is given up, the servers are not needed for that: they may be what is missing. */
  @Override
  public Set<FactKind> needsBesides(Facts seen) {
    boolean begins = seen.operation().progress().lastPass(name()).isEmpty();
    return begins && !isDecidedWithoutServers(seen.operation()) && !isOver(seen)
        ? Set.of(FactKind.SCRAPE, FactKind.VERSIONS)
        : Set.of();
  }

  private static boolean isDecidedWithoutServers(Operation operation) {
    return !applies(operation) || isBehind(operation) || !hasBegun(operation);
  }

  @Override
  public Decision decide(Facts facts) {
    Operation operation = facts.operation();
    if (!applies(operation)) {
      return new Decision.Done(Reason.NOTHING_TO_RESCUE);
    }
    Optional<Pass> pass = operation.progress().lastPass(name());
    if (pass.map(Pass::hasEnded).orElse(false)) {
      return new Decision.Done(Reason.RESCUED);
    }
    if (isBehind(operation)) {
      return new Decision.Done(Reason.RESCUE_NOT_POSSIBLE);
    }
    if (!hasBegun(operation)) {
      return new Decision.Wait(facts.now(), Reason.RESCUING); // from now on its time is measured
    }
    if (isOver(facts)) {
      return new Decision.Done(Reason.RESCUE_NOT_POSSIBLE);
    }
    return pass.map(one -> rounds.goOn(facts, one, false)).orElseGet(() -> begin(facts));
  }

  private Decision begin(Facts facts) {
    if (!isAsPlanned(facts)) {
      return new Decision.Done(Reason.RESCUE_NOT_POSSIBLE);
    }
    KeyIdHash current = facts.operation().before().hash();
    boolean allRead =
        facts.requireScrape().isComplete() && facts.requireScrape().notReading(current).isEmpty();
    return allRead
        ? rounds.begin(facts, name(), PassKind.RESCUE, current)
        : new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.REPLICA_DOES_NOT_READ_TARGET);
  }

  private static boolean isAsPlanned(Facts facts) {
    Operation operation = facts.operation();
    boolean currentIsFit =
        facts
            .version(Objects.requireNonNull(operation.from()))
            .map(version -> version.fitnessAt(facts.now()) == KeyFitness.FIT)
            .orElse(false);
    return currentIsFit && facts.requireCluster().isAt(operation.before());
  }

  /** Whether the previous version alone can't be used. ARM and vault may spell a version apart. */
  private static boolean applies(Operation operation) {
    List<Restoration> restorations = operation.progress().findings().restorations();
    return !restorations.isEmpty()
        && restorations.stream()
            .map(Restoration::version)
            .noneMatch(Objects.requireNonNull(operation.from())::isSameAs);
  }

  /** It was given up, or done, and the operation has gone on. */
  private static boolean isBehind(Operation operation) {
    return operation.progress().steps().stream()
        .map(StepReport::step)
        .anyMatch(StepName.RESCUE::equals);
  }

  private static boolean hasBegun(Operation operation) {
    Pending pending = operation.progress().pending();
    return pending != null && pending.step() == StepName.RESCUE;
  }

  private static boolean isOver(Facts facts) {
    Progress progress = facts.operation().progress();
    boolean isAtWork = progress.runningPass().isPresent();
    Instant since = progress.triesSince().orElseThrow();
    return facts.now().isAfter(since.plus(isAtWork ? TO_END : TO_BEGIN));
  }
}
