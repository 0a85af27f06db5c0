package dev.rekey.operation.step;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Reason;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.Writers;
import java.time.Duration;
import java.time.Instant;

/** When it is looked for which key each API server writes with: with pauses, and not for ever. */
final class LookForWriteKeys {
  private static final Duration BETWEEN_PROBES = Duration.ofSeconds(15);
  private static final int MOST_PROBES = 40;

  /** Those that a probe could take may be gone by now. */
  private static final int PROBES_OF_ONE_LIST = 20;

  private LookForWriteKeys() {}

  static Decision now(Pass pass) {
    return new Decision.Act(new Effect.FindWriteKeys(pass.id()), Reason.LOOKING_FOR_WRITE_KEY);
  }

  static Decision whenDue(Facts facts, Pass pass) {
    return whenDue(facts, pass, now(pass));
  }

  /**
   * At the time of the next look, which after many in vain comes hourly.
   *
   * @param due what is done then
   */
  static Decision whenDue(Facts facts, Pass pass, Decision due) {
    Writers.Attempts attempts = pass.lookedForWriteKeys();
    boolean tooMany = attempts.count() >= MOST_PROBES;
    Duration pause = tooMany ? Decision.Stall.LOOK_AGAIN : BETWEEN_PROBES;
    Instant last = attempts.last();
    if (last == null
        || !facts.now().isBefore(last.plus(pause))
        || facts.operation().progress().isRetriedSince(last)) {
      return due;
    }
    return tooMany
        ? new Decision.Stall(Reason.NOT_CONVERGING, "a replica does not write with the target key")
        : new Decision.Wait(last.plus(pause), Reason.REPLICA_DOES_NOT_WRITE_TARGET);
  }

  /** Whether so many looks at what one list holds were in vain that it is to be made anew. */
  static boolean isListWornOut(Pass pass) {
    Writers.Attempts attempts = pass.lookedForWriteKeys();
    Instant last = attempts.last();
    boolean due = attempts.count() >= MOST_PROBES || attempts.count() % PROBES_OF_ONE_LIST == 0;
    return last != null && due && !pass.startedAt().isAfter(last);
  }
}
