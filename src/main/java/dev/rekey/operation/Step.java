package dev.rekey.operation;

import java.util.Set;

/** One stage of an operation. */
public interface Step {

  StepName name();

  /** The kinds of facts that it decides on, given what the operation has come to. */
  Set<FactKind> needs(Operation operation);

  /** What it needs besides, given what it has asked for and seen: what is rarely decided on. */
  default Set<FactKind> needsBesides(Facts seen) {
    return Set.of();
  }

  /** What it makes of the facts. Pure: the same facts give the same decision. */
  Decision decide(Facts facts);

  /**
   * Whether it comes before the ARM update, and so is not decided again once that may have been
   * sent.
   */
  default boolean isBeforeUpdate() {
    return false;
  }
}
