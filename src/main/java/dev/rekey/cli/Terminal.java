package dev.rekey.cli;

import java.io.BufferedReader;
import java.io.Console;
import org.jspecify.annotations.Nullable;

/** The terminal at which somebody sits. */
final class Terminal {
  private Terminal() {}

  /** What is typed there; null if nobody can be asked, since input or output is no terminal. */
  @SuppressWarnings(
      "SystemConsoleNull") // Null up to Java 21; from 22 on a console says what it is.
  static @Nullable BufferedReader input() {
    @Nullable Console console = System.console();
    return console == null || !isTerminal(console) ? null : new BufferedReader(console.reader());
  }

  private static boolean isTerminal(Console console) {
    if (Runtime.version().feature() < 22) {
      return true;
    }
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (ReflectiveOperationException unknown) {
      return false;
    }
  }
}
