package dev.rekey.operation.step;

import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a shard may work just now. Its message may come hours late, and it is at work for
 * minutes: what the turn saw that gave it out may long have passed.
 *
 * <ol>
 *   <li>Only while its pass's own step is the one that the operation is at, with its shards at
 *       work, by the operation's last look. Never while that look has met another's update in ARM,
 *       an earlier step whose promise isn't kept any more, or no answer.
 *   <li>Before a pass that writes goes on, a look at ARM mustn't be older than its caller says;
 *       otherwise ARM is asked anew, and must have settled on what the step goes by. Never a write
 *       under what somebody else has given the cluster since.
 *   <li>A rescue is held up by nothing in ARM: whatever somebody makes of the cluster, what isn't
 *       rescued is lost.
 * </ol>
 */
public final class ShardWork {
  private ShardWork() {}

  /** Rule 1, by the operation's record. */
  public static boolean isWanted(Operation operation, Pass pass) {
    Pending pending = operation.progress().pending();
    return pending != null
        && !operation.progress().standsStill()
        && pending.step().token().equals(pass.step())
        && (pending.reason() == Reason.DISPATCHING || pending.reason() == Reason.SHARDS_AT_WORK);
  }

  /**
   * Rule 2: whether ARM is to be asked anew, of a shard whose work is wanted.
   *
   * @param holds how long the operation's own look at ARM is good for
   */
  public static boolean needsLook(Operation operation, Pass pass, Instant now, Duration holds) {
    boolean leansOnArm =
        operation.managed() && !pass.kind().isDry() && pass.kind() != PassKind.RESCUE;
    return leansOnArm
        && Optional.ofNullable(operation.progress().pending())
            .map(ShardWork::lookedAt)
            .filter(look -> isRecent(look, now, holds))
            .isEmpty();
  }

  /** A clock that was set back makes no look a recent one. */
  private static boolean isRecent(Instant look, Instant now, Duration holds) {
    return !now.isBefore(look) && !now.isAfter(look.plus(holds));
  }

  private static Instant lookedAt(Pending pending) {
    return pending.reason() == Reason.SHARDS_AT_WORK
        ? pending.nextLook().minus(PassRounds.SHARDS_LOOK_AGAIN)
        : pending.nextLook();
  }

  /** Rule 2, by that look. */
  public static boolean isBorneOut(Operation operation, Pass pass, ManagedCluster cluster) {
    boolean isBehindUpdate =
        pass.step().equals(StepName.WRITE.token()) || pass.step().equals(StepName.PROVE.token());
    KmsSettings expected = isBehindUpdate ? operation.after() : operation.before();
    return cluster.isSettled() && cluster.isAt(expected);
  }
}
