package dev.rekey.operation.step;

import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.Decision;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Progress;
import dev.rekey.operation.ReadableCount;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Step;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Scrape;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What can be read lies under the current key version, before an update drops the one in the
 * previous slot.
 *
 * <ol>
 *   <li>Not before every API server reads the current version, nor while ARM is at work on the
 *       cluster. Never a write that another can't read.
 *   <li>Written anew when the count behind it has found something under another key, or can't rest
 *       on this write. Never a count without a write that went before it.
 *   <li>Where the API servers give no answer, it is gone without, as {@link AnswersToCount} says.
 * </ol>
 */
final class WriteReadable implements Step {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  /** For all live API servers to be seen. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Rounds before a person must look. */
  private static final int MOST_ROUNDS = 4;

  private final PassRounds rounds;

  WriteReadable(PassRounds rounds) {
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
    EnumSet<FactKind> needed = EnumSet.of(FactKind.CLUSTER);
    if (isTried(operation)) {
      needed.addAll(PassRounds.needs(operation));
    }
    return needed;
  }

  @Override
  public Set<FactKind> needsBesides(Facts seen) {
    Operation operation = seen.operation();
    return isTried(operation) && mayBegin(operation) && isHere(seen)
        ? Set.of(FactKind.SCRAPE)
        : Set.of();
  }

  private static boolean isTried(Operation operation) {
    return AnswersToCount.look(operation).isEmpty() && !AnswersToCount.isWithout(operation);
  }

  @Override
  public Decision decide(Facts facts) {
    Operation operation = facts.operation();
    if (!isHere(facts)) {
      return MovedElsewhere.stallOrDone(facts);
    }
    Optional<Decision> look = AnswersToCount.look(operation);
    if (look.isPresent()) {
      return look.get();
    }
    return AnswersToCount.isWithout(operation)
        ? new Decision.Done(Reason.RESCUE_NOT_POSSIBLE)
        : write(facts);
  }

  private Decision write(Facts facts) {
    if (MovedElsewhere.isUnderWay(facts)) {
      return new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.CLUSTER_BUSY);
    }
    Operation operation = facts.operation();
    Optional<Pass> last = last(operation);
    if (last.isEmpty()) {
      return begin(facts);
    }
    if (!last.get().hasEnded()) {
      return rounds.goOn(facts, last.get(), false);
    }
    if (!last.get().stands()) {
      return rounds.again(facts, last.get(), target(operation));
    }
    return isToBeWrittenAnew(operation)
        ? again(facts, last.get())
        : new Decision.Done(Reason.RESCUED);
  }

  private Decision again(Facts facts, Pass last) {
    Progress progress = facts.operation().progress();
    boolean fewSoFar = progress.passes(name(), PassKind.WRITE) < MOST_ROUNDS;
    return fewSoFar || PassRounds.isLongAgo(facts, last)
        ? begin(facts)
        : new Decision.Stall(
            Reason.STILL_FOREIGN_READS, String.valueOf(facts.operation().before()));
  }

  private Decision begin(Facts facts) {
    Scrape scrape = facts.requireScrape();
    KeyIdHash current = target(facts.operation());
    if (!scrape.isComplete()) {
      return notAllSeen(facts, scrape);
    }
    Set<String> missing = scrape.notReading(current);
    return missing.isEmpty()
        ? rounds.begin(facts, name(), PassKind.WRITE, current)
        : notReading(facts, String.join(", ", missing));
  }

  /** They may not for days, as where the cluster's identity is gone: people are told. */
  private static Decision notReading(Facts facts, String which) {
    Reason reason = Reason.REPLICA_DOES_NOT_READ_TARGET;
    return isPatienceOver(facts)
        ? new Decision.Stall(Reason.NOT_CONVERGING, reason.sentence() + ": " + which)
        : new Decision.Wait(facts.now().plus(LOOK_AGAIN), reason);
  }

  /** Where none lives at all by their leases, it is our clock that is wrong. */
  private static Decision notAllSeen(Facts facts, Scrape scrape) {
    return isPatienceOver(facts) && !scrape.live().isEmpty()
        ? AnswersToCount.LOOK
        : new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.REPLICA_NOT_SEEN);
  }

  private static boolean isPatienceOver(Facts facts) {
    Pending pending = facts.operation().progress().pending();
    return pending != null
        && pending.step() == StepName.RESCUE
        && facts.now().isAfter(pending.since().plus(PATIENCE));
  }

  private static KeyIdHash target(Operation operation) {
    return operation.before().hash();
  }

  private Optional<Pass> last(Operation operation) {
    return operation.progress().lastPass(name(), PassKind.WRITE);
  }

  private boolean mayBegin(Operation operation) {
    return last(operation).isEmpty() || isToBeWrittenAnew(operation);
  }

  /** Rule 2: by a count that came after the last write. */
  private boolean isToBeWrittenAnew(Operation operation) {
    Pass last = last(operation).orElseThrow();
    return ReadableCount.last(operation)
        .filter(count -> isBehind(operation, last, count.pass()))
        .filter(
            count ->
                count.showsOtherKeys()
                    || (AnswersToCount.isCountable(operation) && !count.isBasedOnWrite()))
        .isPresent();
  }

  /** Passes lie in the order in which they last changed, and only one is ever under way. */
  private static boolean isBehind(Operation operation, Pass write, Pass count) {
    var passes = operation.progress().passes();
    return write.hasEnded() && passes.indexOf(count) > passes.indexOf(write);
  }

  private static boolean isHere(Facts seen) {
    return seen.requireCluster().isAt(seen.operation().before());
  }
}
