package dev.rekey.operation.preflight;

/** What a check answers, before it is named. The members are those of {@link Finding}. */
record Answer(Verdict verdict, String seen, Expectation expectation, String remedy) {

  /** The same, as advice at most. */
  Answer orWarning() {
    return verdict == Verdict.FAILED ? new Answer(Verdict.WARNED, seen, expectation, remedy) : this;
  }

  /**
   * The same.
   *
   * @param follows what follows from it, for people
   */
  Answer orWarning(String follows) {
    return verdict == Verdict.FAILED
        ? new Answer(Verdict.WARNED, seen + "; " + follows, expectation, remedy)
        : this;
  }

  Finding named(String check, String sentence) {
    return new Finding(
        check,
        sentence,
        verdict,
        seen,
        expectation.expected(),
        remedy,
        expectation.documented().url());
  }
}
