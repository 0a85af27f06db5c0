package dev.rekey.service;

import dev.rekey.service.port.OutsideFault;

/** What becomes of a question that something outside gives no answer to. */
enum Silence {
  /** It is told: the checks that need the answer say that they don't know. */
  TOLD,
  /** The fault goes on, so that the question is asked again later. */
  THROWN;

  /** Lets an answer pass, be it a refusal; what is none goes on if it must. */
  void check(OutsideFault fault) {
    if (this == THROWN && !isAnswer(fault)) {
      throw fault;
    }
  }

  private static boolean isAnswer(OutsideFault fault) {
    return switch (fault.kind()) {
      case UNREACHABLE, TIMED_OUT, BUSY, BROKEN -> false;
      default -> true;
    };
  }
}
