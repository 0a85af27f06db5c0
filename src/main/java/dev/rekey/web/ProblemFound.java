package dev.rekey.web;

/** A request can't be served; carries the document that says why. */
final class ProblemFound extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemFound(Problem problem) {
    super(problem.reason());
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
