package dev.rekey.cli;

/** An option whose value can't be used. The message names it, the expected form and an example. */
final class BadOption extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  BadOption(String option, String expected) {
    super(option + ": expected " + expected);
  }
}
