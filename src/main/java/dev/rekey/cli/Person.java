package dev.rekey.cli;

import dev.rekey.operation.Origin;
import dev.rekey.service.OperationRequest;

/** Who types, and why. */
final class Person {
  /** The reason where none is given. */
  static final String UNSAID = "typed at a command line";

  private Person() {}

  /** The user as the operating system knows it. */
  static Origin atThisMachine() {
    return origin(UNSAID);
  }

  /** The same, with a reason of their own. */
  static Origin atThisMachine(String reason, BadOptions bad) {
    if (!OperationRequest.isReason(reason.strip())) {
      bad.add("--reason", "one line of 1 to 500 characters, such as \"yearly rotation\"");
    }
    return origin(reason.strip());
  }

  private static Origin origin(String reason) {
    return new Origin(
        Origin.Trigger.COMMAND_LINE, System.getProperty("user.name", "unknown"), reason);
  }
}
