package dev.rekey.operation.step;

import dev.rekey.operation.Decision;
import dev.rekey.operation.DroppedKey;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the API servers answer, before a dropped version is brought back: that it is missing may
 * be why they don't, and then nothing can be written or counted first.
 *
 * <ol>
 *   <li>Where they have given no answer for long they are looked at anew. Never taken for silent by
 *       what they were once.
 *   <li>Where they still don't answer, the plan says that nothing can be counted, and a person has
 *       to approve that.
 *   <li>Gone without is only what they give no answer to at a look that was just made, after the
 *       approval. Never what could be had after all.
 * </ol>
 */
final class AnswersToCount {
  /** Looks anew. */
  static final Decision LOOK =
      new Decision.Act(new Effect.LookForUnreadable(), Reason.LOOKING_FOR_UNREADABLE);

  /** The plan becomes another one, which a person has yet to approve. */
  static final Decision NOT_COUNTABLE =
      new Decision.Act(new Effect.NoteNotCountable(), Reason.RECORDING);

  private static final Set<StepName> STEPS = Set.of(StepName.RESCUE, StepName.COUNT);

  /** Looks in a row without an answer: about ten minutes. */
  private static final int MOST_FAULTS = 6;

  private AnswersToCount() {}

  /** Rule 1; empty where they answer, as far as is known, or were just looked at. */
  static Optional<Decision> look(Operation operation) {
    boolean isToLook = isSilent(operation) || (isWithout(operation) && !wasJustLooked(operation));
    return isToLook ? Optional.of(LOOK) : Optional.empty();
  }

  private static boolean isSilent(Operation operation) {
    Pending pending = operation.progress().pending();
    return pending != null && STEPS.contains(pending.step()) && pending.faults() >= MOST_FAULTS;
  }

  static boolean wasJustLooked(Operation operation) {
    return operation.progress().hasJustActed(Reason.LOOKING_FOR_UNREADABLE);
  }

  /** Rule 3: whether there was no answer at the last look. */
  static boolean isWithout(Operation operation) {
    DroppedKey dropped = operation.progress().findings().dropped();
    return dropped != null && dropped.reach() == DroppedKey.Reach.NONE;
  }

  /** Whether the plan is to count. */
  static boolean isCountable(Operation operation) {
    DroppedKey dropped = operation.progress().findings().dropped();
    return dropped == null || dropped.countable();
  }
}
