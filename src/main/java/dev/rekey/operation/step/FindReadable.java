package dev.rekey.operation.step;

import dev.rekey.operation.Decision;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Step;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.PassOutcome;
import dev.rekey.reencryption.Readability;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Every Secret can be read, and nothing is known to stand against writing any. Of KMS v1 no more
 * can be known: it stores no key id, so under which key version a Secret lies nobody can tell.
 *
 * <ol>
 *   <li>A count by dry-run patches. Never a write: what is written under KMS v1 is no better than
 *       before.
 *   <li>A Secret that nobody can read, or that could not be rewritten, stalls. Never is KMS turned
 *       off with such a one: it would stay under KMS v1, which the upgrade takes away.
 *   <li>A count holds for the state that ARM shows, and once the plan is approved for an hour.
 *       Never is a person's word of last week taken for today's count.
 * </ol>
 */
final class FindReadable implements Step {
  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

  /** Counts before it is said that something keeps changing the cluster. */
  private static final int MOST_COUNTS = 5;

  private final PassRounds rounds;

  FindReadable(PassRounds rounds) {
    this.rounds = rounds;
  }

  @Override
  public StepName name() {
    return StepName.COUNT;
  }

  @Override
  public Set<FactKind> needs(Operation operation) {
    EnumSet<FactKind> needed = EnumSet.of(FactKind.CLUSTER);
    needed.addAll(PassRounds.needs(operation));
    return needed;
  }

  @Override
  public Decision decide(Facts facts) {
    ManagedCluster cluster = facts.requireCluster();
    if (!cluster.isAt(facts.operation().before())) {
      return new Decision.Done(Reason.KEY_ALREADY_MOVED); // update-cluster sees to what it is
    }
    Optional<Pass> last = facts.operation().progress().lastPass(name());
    if (last.isPresent() && !last.get().hasEnded()) {
      return rounds.goOn(facts, last.get(), false);
    }
    if (!cluster.isSettled()) {
      return new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.CLUSTER_BUSY);
    }
    return last.map(count -> counted(facts, cluster, count)).orElseGet(() -> begin(facts));
  }

  private Decision counted(Facts facts, ManagedCluster cluster, Pass count) {
    if (!count.stands()) {
      return rounds.again(facts, count, null);
    }
    if (!Readability.of(count).isOfAll()) {
      return PassRounds.isLongAgo(facts, count) ? begin(facts) : notAll(count);
    }
    if (!cluster.etag().equals(count.etag())) {
      return keepsMoving(facts, count)
          ? new Decision.Stall(Reason.ETAG_KEEPS_MOVING, cluster.resourceId())
          : begin(facts);
    }
    return isDue(facts, count) ? begin(facts) : new Decision.Done(Reason.FOUND_READABLE);
  }

  private Decision begin(Facts facts) {
    return rounds.begin(facts, name(), PassKind.TRIAL, null);
  }

  private boolean keepsMoving(Facts facts, Pass count) {
    Progress progress = facts.operation().progress();
    return progress.passes(name(), PassKind.TRIAL) >= MOST_COUNTS
        && !PassRounds.isLongAgo(facts, count);
  }

  /** Rule 3; nobody is asked anew every hour while a person takes their time. */
  private static boolean isDue(Facts facts, Pass count) {
    PassOutcome outcome = Objects.requireNonNull(count.outcome(), "a count that has ended");
    boolean isApproved =
        facts.operation().progress().orders().last(Order.Action.APPROVE).isPresent();
    return isApproved && facts.now().isAfter(outcome.after().at().plus(FRESH));
  }

  private static Decision notAll(Pass count) {
    Readability found = Readability.of(count);
    String of = " of " + count.tally().discovered() + " Secrets";
    if (found.unread() == 0 && found.unwritable() > 0) {
      return new Decision.Stall(Reason.SECRETS_NOT_WRITABLE, found.unwritable() + of);
    }
    return found.unread() > 0
        ? new Decision.Stall(Reason.SECRETS_UNREADABLE, found.unread() + of)
        : new Decision.Stall(
            Reason.SECRETS_UNREADABLE, "the API servers count fewer reads than looks" + of);
  }
}
