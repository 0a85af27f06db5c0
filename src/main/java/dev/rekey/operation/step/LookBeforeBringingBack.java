package dev.rekey.operation.step;

import dev.rekey.operation.Decision;
import dev.rekey.operation.DroppedKey;
import dev.rekey.operation.Effect;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The last of the checks before a dropped key version is brought back: a look at each Secret, and
 * at each API server where they answer. Where they don't, the plan says what can't be known.
 */
final class LookBeforeBringingBack {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

  /** For API servers that answer, but not all of them. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private LookBeforeBringingBack() {}

  /** What the API servers say of themselves, once it is known that they answer. */
  static Set<FactKind> needs(Operation operation) {
    return isAnswered(operation) ? Set.of(FactKind.SCRAPE) : Set.of();
  }

  private static boolean isAnswered(Operation operation) {
    DroppedKey seen = operation.progress().findings().dropped();
    return seen != null && seen.countable();
  }

  static Decision decide(Facts facts) {
    Operation operation = facts.operation();
    DroppedKey seen = operation.progress().findings().dropped();
    if (seen == null) {
      return AnswersToCount.LOOK;
    }
    if (isAnswered(operation) && !facts.requireScrape().isComplete()) {
      return isPatienceOver(facts)
          ? AnswersToCount.NOT_COUNTABLE
          : new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.REPLICA_NOT_SEEN);
    }
    DroppedKey known = seen.shownBy(BringingBack.sign(facts));
    return new Decision.Act(new Effect.NoteChecked(List.of(), List.of(), known), Reason.RECORDING);
  }

  private static boolean isPatienceOver(Facts facts) {
    var pending = facts.operation().progress().pending();
    return pending != null
        && facts.now().isAfter(pending.since().plus(PATIENCE))
        && !facts.requireScrape().live().isEmpty(); // else our clock is wrong
  }
}
