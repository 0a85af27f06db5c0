package dev.rekey.benchmark;

import java.util.Map;

/** Medians as text in columns. */
final class ReportTable {
  private static final String ROW = "%-38s %9s %8s %10s %10s %8s %9s %9s %6s%n";

  private ReportTable() {}

  static String of(Map<String, Figures> medians) {
    StringBuilder table = new StringBuilder();
    table.append(
        ROW.formatted(
            "",
            "Secrets/s",
            "seconds",
            "server CPU",
            "client CPU",
            "peak MB",
            "others'",
            "requests",
            "vault"));
    table.append(
        ROW.formatted("", "", "", "s per 1000", "s per 1000", "", "p99 ms", "per run", "calls"));
    medians.forEach(
        (phase, figures) ->
            table.append(
                ROW.formatted(
                    phase,
                    number("%.0f", figures, Figures.RATE),
                    number("%.2f", figures, Figures.SECONDS),
                    number("%.2f", figures, Figures.SERVER_CPU),
                    number("%.2f", figures, Figures.CLIENT_CPU),
                    number("%.0f", figures, Figures.MEMORY),
                    number("%.1f", figures, Figures.INNOCENT),
                    number("%.0f", figures, Figures.REQUESTS),
                    number("%.0f", figures, Figures.VAULT_CALLS))));
    return table.toString();
  }

  private static String number(String format, Figures figures, String name) {
    return format.formatted(figures.get(name));
  }
}
