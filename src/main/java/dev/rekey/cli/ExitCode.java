package dev.rekey.cli;

import dev.rekey.operation.Ending;
import dev.rekey.operation.Operation;

/** What a command's end means to a script. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int NOT_YET = 3;
  static final int REFUSED = 4;

  private ExitCode() {}

  /** How an operation stands: an exception left means that not every Secret is proved yet. */
  static int of(Operation operation, boolean exceptionsLeft) {
    Ending ending = operation.progress().ending();
    if (ending == null) {
      return NOT_YET;
    }
    if (ending.outcome() == Ending.Outcome.REFUSED) {
      return REFUSED;
    }
    return exceptionsLeft ? NOT_YET : DONE;
  }
}
