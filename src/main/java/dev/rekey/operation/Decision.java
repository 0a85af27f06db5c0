package dev.rekey.operation;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a step makes of the facts; always with a reason. */
public sealed interface Decision {

  Reason reason();

  /** What the step promises is true now; go on with the next. */
  record Done(Reason reason) implements Decision {}

  /** Carry out one effect, its intent saved first; observe again afterwards. */
  record Act(Effect effect, Reason reason) implements Decision {}

  /**
   * Nothing to do yet; look again then.
   *
   * @param detail which thing it is about, for people; null where the reason says all
   */
  record Wait(Instant until, Reason reason, @Nullable String detail) implements Decision {
    public Wait(Instant until, Reason reason) {
      this(until, reason, null);
    }
  }

  /**
   * A check fails; nothing has been changed; ends the operation.
   *
   * @param detail which thing it is about, for people
   */
  record Refuse(Reason reason, String detail) implements Decision {}

  /**
   * A person must act; looked at again hourly, and it goes on by itself if the reason has gone.
   *
   * @param detail which thing it is about, for people
   * @param lookAgain how long until then
   */
  record Stall(Reason reason, String detail, Duration lookAgain) implements Decision {
    /** How long until it is looked at again, where nothing presses. */
    public static final Duration LOOK_AGAIN = Duration.ofHours(1);

    public Stall(Reason reason, String detail) {
      this(reason, detail, LOOK_AGAIN);
    }
  }
}
