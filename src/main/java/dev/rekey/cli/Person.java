package dev.rekey.cli;

import dev.rekey.operation.Origin;

/** Who types. */
final class Person {
  private Person() {}

  /** The user as the operating system knows it. */
  static Origin atThisMachine(String reason) {
    return new Origin(
        Origin.Trigger.COMMAND_LINE, System.getProperty("user.name", "unknown"), reason);
  }
}
