package dev.rekey.operation.step;

import dev.rekey.operation.Decision;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
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
 * Nothing that can be read lies under the key version that the update to a dropped one drops, by a
 * count for the very state that ARM shows (promise K2).
 *
 * <ol>
 *   <li>What {@link ReadableCount} says. Never an update on less.
 *   <li>Whenever the update may be sent, what was counted may have been taken back: never on a
 *       count that was contradicted since, or after which a server restarted, came or went unseen,
 *       or reads other keys than the others.
 *   <li>Where nothing is unreadable nothing is missing: refused, as long as nothing was sent.
 *   <li>Where it can't be counted, the plan is changed, as long as nothing was sent: that it can't
 *       be known is for a person to approve. Then it is tried for some time and gone without. Never
 *       against what is known to lie there.
 * </ol>
 */
final class CountReadable implements Step {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  /** Counts before it is said that something keeps changing the cluster. */
  private static final int MOST_COUNTS = 5;

  private final PassRounds rounds;

  CountReadable(PassRounds rounds) {
    this.rounds = rounds;
  }

  @Override
  public StepName name() {
    return StepName.COUNT;
  }

  @Override
  public Set<FactKind> needs(Operation operation) {
    EnumSet<FactKind> needed = EnumSet.of(FactKind.CLUSTER);
    if (AnswersToCount.look(operation).isEmpty() || operation.mayHaveUpdated()) {
      needed.addAll(PassRounds.needs(operation));
    }
    return needed;
  }

  /** Rule 2. */
  @Override
  public Set<FactKind> needsBesides(Facts seen) {
    ManagedCluster cluster = seen.requireCluster();
    boolean mayBeSent = cluster.isAt(seen.operation().before()) && cluster.isSettled();
    boolean holds =
        ReadableCount.last(seen.operation())
            .map(count -> count.holdsFor(cluster.etag()))
            .orElse(false);
    return mayBeSent && holds ? Set.of(FactKind.SCRAPE) : Set.of();
  }

  @Override
  public Decision decide(Facts facts) {
    Operation operation = facts.operation();
    if (!facts.requireCluster().isAt(operation.before())) {
      return new Decision.Done(Reason.KEY_ALREADY_MOVED); // update-cluster sees to which one
    }
    if (operation.mayHaveUpdated()) {
      return count(facts);
    }
    Optional<Decision> look = AnswersToCount.look(operation);
    if (look.isPresent()) {
      return look.get();
    }
    return AnswersToCount.isWithout(operation) ? goneWithout(facts) : count(facts);
  }

  /** Rule 4. */
  private static Decision goneWithout(Facts facts) {
    Operation operation = facts.operation();
    boolean isKnown =
        ReadableCount.last(operation).map(ReadableCount::showsOtherKeys).orElse(false);
    return isKnown
        ? new Decision.Stall(Reason.FOREIGN_KEY_STORED, operation.before().toString())
        : new Decision.Done(Reason.COUNT_NOT_POSSIBLE);
  }

  private Decision count(Facts facts) {
    Optional<Pass> last = lastPass(facts.operation());
    if (last.isPresent() && !last.get().hasEnded()) {
      return rounds.goOn(facts, last.get(), false);
    }
    if (!facts.requireCluster().isSettled()) {
      return new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.CLUSTER_BUSY);
    }
    return last.isEmpty() || isBeforeLastWrite(facts.operation(), last.get())
        ? begin(facts)
        : judge(facts, ReadableCount.last(facts.operation()).orElseThrow());
  }

  private Decision judge(Facts facts, ReadableCount count) {
    boolean mayHaveUpdated = facts.operation().mayHaveUpdated();
    Pass pass = count.pass();
    if (!pass.stands()) {
      return orNotCountable(facts, rounds.again(facts, pass, facts.operation().fromHash()));
    }
    if (count.showsOtherKeys()) { // before the update the write decides again
      return againOr(facts, pass, Reason.FOREIGN_KEY_STORED, facts.operation().before().toString());
    }
    if (!count.speaksForAll()) {
      String detail = "exceptions: " + pass.tally().exceptions();
      return orNotCountable(facts, againOr(facts, pass, Reason.UNPROVED_EXCEPTIONS, detail));
    }
    if (count.unreadable() == 0 && !mayHaveUpdated) {
      return new Decision.Refuse(Reason.NOTHING_UNREADABLE, pass.discovered() + " Secrets");
    }
    return stillHolds(facts, count);
  }

  private Decision stillHolds(Facts facts, ReadableCount count) {
    if (!count.isBasedOnWrite()) { // where it is to be counted the write decides again
      return orNotCountable(facts, anew(facts, Reason.COUNTERS_INTERRUPTED));
    }
    if (!count.holdsFor(facts.requireCluster().etag())) {
      return anew(facts, Reason.ETAG_KEEPS_MOVING);
    }
    Scrape now = facts.requireScrape();
    if (!now.isComplete()) {
      return new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.REPLICA_NOT_SEEN);
    }
    Optional<Reason> contradiction = count.contradiction(now);
    if (contradiction.isPresent()) {
      Decision decision = anew(facts, contradiction.get());
      boolean isKnown = contradiction.get() == Reason.STILL_FOREIGN_READS;
      return isKnown ? decision : orNotCountable(facts, decision);
    }
    return facts.operation().mayHaveUpdated() || now.allReadTheSame()
        ? new Decision.Done(Reason.NOTHING_TO_LOSE)
        : new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.REPLICAS_READ_DIFFERENT_KEYS);
  }

  /** Rule 4: what would wait for a person asks them for their approval, or has got it. */
  private static Decision orNotCountable(Facts facts, Decision decision) {
    Operation operation = facts.operation();
    if (!(decision instanceof Decision.Stall) || operation.mayHaveUpdated()) {
      return decision;
    }
    return AnswersToCount.isCountable(operation)
        ? AnswersToCount.NOT_COUNTABLE
        : goneWithout(facts);
  }

  /** Once an hour, and when a person asks to. */
  private Decision againOr(Facts facts, Pass last, Reason reason, String detail) {
    return PassRounds.isLongAgo(facts, last) ? begin(facts) : new Decision.Stall(reason, detail);
  }

  /**
   * @param after what is said where it was counted too often already
   */
  private Decision anew(Facts facts, Reason after) {
    Progress progress = facts.operation().progress();
    boolean longAgo =
        progress.lastPass(name()).map(last -> PassRounds.isLongAgo(facts, last)).orElse(true);
    return progress.passes(name(), PassKind.COUNT) < MOST_COUNTS || longAgo
        ? begin(facts)
        : new Decision.Stall(after, facts.requireCluster().resourceId());
  }

  private Decision begin(Facts facts) {
    return rounds.begin(facts, name(), PassKind.COUNT, facts.operation().fromHash());
  }

  private Optional<Pass> lastPass(Operation operation) {
    return operation.progress().lastPass(name(), PassKind.COUNT);
  }

  /** Passes lie in the order in which they last changed, and only one is ever under way. */
  private static boolean isBeforeLastWrite(Operation operation, Pass count) {
    var passes = operation.progress().passes();
    return operation
        .progress()
        .lastPass(StepName.RESCUE)
        .map(write -> passes.indexOf(write) > passes.indexOf(count))
        .orElse(false);
  }
}
