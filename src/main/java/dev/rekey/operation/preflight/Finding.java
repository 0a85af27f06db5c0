package dev.rekey.operation.preflight;

/**
 * What one check has found.
 *
 * @param check its token; stable, users see it and alerts match it
 * @param sentence what holds where it passes
 * @param seen what was seen, or why it could not be
 * @param expected what should be there
 * @param remedy a command to type; empty where it passed
 * @param link where that is documented
 */
public record Finding(
    String check,
    String sentence,
    Verdict verdict,
    String seen,
    String expected,
    String remedy,
    String link) {

  /** Whether the change must not begin. */
  public boolean isFailed() {
    return verdict == Verdict.FAILED;
  }

  /** Of two findings of one check the one that says more against a change. */
  Finding orWorse(Finding other) {
    return other.verdict.gravity() > verdict.gravity() ? other : this;
  }
}
