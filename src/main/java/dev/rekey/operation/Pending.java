package dev.rekey.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an active operation is at.
 *
 * @param number the current step's place in the list
 * @param since when that step became the current one
 * @param doing acting, waiting or stalled
 * @param nextLook when it is looked at next, if no message comes before
 * @param detail which thing it is about, for people; when it acts after faults, what the last one
 *     said; null where the reason says all
 * @param faults how often in a row a system that is needed did not answer
 */
public record Pending(
    int number,
    StepName step,
    Instant since,
    Doing doing,
    Reason reason,
    Instant nextLook,
    @Nullable String detail,
    int faults) {

  /**
   * At the same step as before, for another reason.
   *
   * @param before null if it hasn't been looked at yet: then it is at its first step, since now
   */
  public static Pending staying(
      @Nullable Pending before,
      Instant now,
      Doing doing,
      Reason reason,
      Instant nextLook,
      @Nullable String detail,
      int faults) {
    return before == null
        ? new Pending(0, StepName.CHECK, now, doing, reason, nextLook, detail, faults)
        : new Pending(
            before.number, before.step, before.since, doing, reason, nextLook, detail, faults);
  }

  Pending withoutFaults() {
    return new Pending(number, step, since, doing, reason, nextLook, detail, 0);
  }

  /** How an operation stands with its current step. */
  public enum Doing {
    ACTING,
    WAITING,
    STALLED
  }
}
