package dev.rekey.operation.recipe;

import java.util.List;
import java.util.stream.Collectors;

/** A new cluster that can't be made as asked for, with everything that is wrong at once. */
public final class InvalidRecipe extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  InvalidRecipe(List<Problem> problems) {
    super(
        problems.stream()
            .map(problem -> problem.part() + ": expected " + problem.expected())
            .collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** At least one. */
  public List<Problem> problems() {
    return problems;
  }
}
