package dev.rekey.operation;

import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.preflight.Verdict;

/**
 * A finding that stood against nothing when an operation began, and that somebody should know of:
 * advice, or what could not be told.
 *
 * @param check the check's token
 * @param verdict never {@link Verdict#PASSED}
 * @param seen what was seen, or why it could not be
 */
public record Concern(String check, Verdict verdict, String seen) {
  /** Every check there is must fit into an operation's row. */
  private static final int LONGEST = 200;

  public static Concern of(Finding finding) {
    String seen = finding.seen();
    String shown = seen.length() > LONGEST ? seen.substring(0, LONGEST) + "…" : seen;
    return new Concern(finding.check(), finding.verdict(), shown);
  }
}
