package dev.rekey.cli;

import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.preflight.Verdict;
import java.util.List;
import java.util.stream.Stream;

/** What checks have found, as a good compiler would say it: what was seen, what to type. */
final class FindingsText {
  private FindingsText() {}

  /** Those that somebody should act on first; those that passed on a line each. */
  static String of(List<Finding> findings) {
    StringBuilder text = new StringBuilder();
    Stream.of(Verdict.FAILED, Verdict.CANNOT_TELL, Verdict.WARNED)
        .flatMap(verdict -> findings.stream().filter(finding -> finding.verdict() == verdict))
        .forEach(finding -> text.append(inFull(finding)));
    findings.stream()
        .filter(finding -> finding.verdict() == Verdict.PASSED)
        .forEach(finding -> text.append(headline(finding)));
    return text.toString();
  }

  private static String headline(Finding finding) {
    return word(finding.verdict()) + " " + finding.check() + ": " + finding.seen() + "\n";
  }

  private static String inFull(Finding finding) {
    return headline(finding)
        + line("expected", finding.expected())
        + line("type", finding.remedy())
        + line("see", finding.link())
        + "\n";
  }

  private static String line(String label, String value) {
    return String.format("%10s: %s%n", label, value);
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case PASSED -> "ok     ";
      case FAILED -> "failed ";
      case WARNED -> "advice ";
      case CANNOT_TELL -> "unknown";
    };
  }
}
