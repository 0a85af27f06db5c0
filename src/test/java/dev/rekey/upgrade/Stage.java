package dev.rekey.upgrade;

import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Pass;
import java.util.Locale;

/** Where a release may be replaced in the middle of a rotation. */
enum Stage {
  /** Nobody has looked at it yet. */
  JUST_STARTED,
  /** ARM has taken the update and hasn't finished it. */
  WAITING_FOR_UPDATE,
  /** Half of the shards of the write pass are done. */
  HALF_WRITTEN,
  /** Some shards of the proof pass are done. */
  IN_PROOF,
  /** A right is missing. */
  STALLED,
  /** It has ended, and two Secrets could not be rewritten. */
  ENDED,
  /** It was begun for a version that Rekey made itself, since the one in use was to expire. */
  RENEWED;

  /** Name of its file. */
  String fileName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".json";
  }

  boolean isReached(Operation operation, ReleasedWorld world) {
    return switch (this) {
      case JUST_STARTED, RENEWED -> true;
      case WAITING_FOR_UPDATE -> operation.mayHaveUpdated() && world.hasAcceptedUpdate();
      case HALF_WRITTEN ->
          shardsDone(operation, world, StepName.WRITE) == 3 && world.hasShardAtWork();
      case IN_PROOF -> shardsDone(operation, world, StepName.PROVE) == 2 && world.hasShardAtWork();
      case STALLED -> isStalled(operation);
      case ENDED -> !operation.isActive();
    };
  }

  private static long shardsDone(Operation operation, ReleasedWorld world, StepName step) {
    Pass pass = operation.progress().runningPass().orElse(null);
    return pass == null || !pass.step().equals(step.token())
        ? 0
        : world.shards(operation, pass).stream()
            .filter(shard -> shard.tally().remaining() == 0)
            .count();
  }

  private static boolean isStalled(Operation operation) {
    Pending pending = operation.progress().pending();
    return pending != null && pending.doing() == Pending.Doing.STALLED;
  }
}
