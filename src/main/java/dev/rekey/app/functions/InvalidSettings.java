package dev.rekey.app.functions;

import java.util.List;

/** The function app's settings can't be used. The message names all that is wrong with them. */
public final class InvalidSettings extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  InvalidSettings(List<String> problems) {
    super("the settings can't be used: " + String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Each: the setting's name, what is wrong, the expected form. */
  public List<String> problems() {
    return problems;
  }
}
