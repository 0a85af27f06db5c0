package dev.rekey.cli;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What to do where API servers can't decrypt Secrets, as a good compiler would say it: what was
 * seen, what was expected, what to type.
 */
final class UndecryptableText {
  private static final String WHAT_ID_IS =
      "ID is the cluster's ARM id; by a kubeconfig alone it can't be done.";

  private UndecryptableText() {}

  /**
   * Its lines.
   *
   * @param cluster the cluster's ARM id; null where there is only a kubeconfig, or the records
   *     alone
   */
  static List<String> lines(long secrets, @Nullable String cluster) {
    String id = cluster == null ? "ID" : cluster;
    return List.of(
        line("seen", String.format(Locale.ROOT, "%,d that the API servers can't decrypt", secrets)),
        line("expected", "the key version that each lies under is in one of AKS' two slots"),
        line("type", "rekey recover-dropped-key --cluster " + id),
        line("", "It looks which version is missing, shows its plan, and asks before it changes"),
        line("", cluster == null ? "anything. " + WHAT_ID_IS : "anything."));
  }

  private static String line(String label, String value) {
    return String.format("%10s%s %s", label, label.isEmpty() ? " " : ":", value);
  }
}
