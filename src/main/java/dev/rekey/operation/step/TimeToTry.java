package dev.rekey.operation.step;

import dev.rekey.operation.Facts;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Progress;
import dev.rekey.operation.StepName;
import dev.rekey.operation.StepReport;
import java.time.Duration;
import java.util.Objects;

/**
 * How long a step is tried before it is gone without, if a person approves that: API servers that
 * can't be asked now may never be, before a step behind it has helped them.
 */
final class TimeToTry {
  /** For API servers to answer. */
  private static final Duration TO_BEGIN = Duration.ofMinutes(10);

  /** A hundred thousand Secrets take some minutes. */
  private static final Duration TO_END = Duration.ofHours(1);

  /** Looks in a row without an answer: about as long. */
  private static final int MOST_FAULTS = 6;

  private final StepName step;

  TimeToTry(StepName step) {
    this.step = step;
  }

  /** Whether the operation has gone on from there. */
  boolean isBehind(Operation operation) {
    return operation.progress().steps().stream().map(StepReport::step).anyMatch(step::equals);
  }

  /** Whether its time is being measured. */
  boolean hasBegun(Operation operation) {
    Pending pending = operation.progress().pending();
    return pending != null && pending.step() == step;
  }

  /** Whether what it needs has given no answer for about as long. */
  boolean isSilent(Operation operation) {
    Pending pending = operation.progress().pending();
    return pending != null && pending.step() == step && pending.faults() >= MOST_FAULTS;
  }

  boolean isOver(Facts facts) {
    Progress progress = facts.operation().progress();
    Pending pending = Objects.requireNonNull(progress.pending());
    boolean isAtWork = progress.runningPass().isPresent();
    return facts.now().isAfter(pending.since().plus(isAtWork ? TO_END : TO_BEGIN));
  }
}
