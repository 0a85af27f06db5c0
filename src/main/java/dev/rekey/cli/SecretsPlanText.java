package dev.rekey.cli;

import dev.rekey.operation.SecretsPlan;
import dev.rekey.reencryption.DryScan;
import dev.rekey.reencryption.Estimate;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.SecretException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a rewrite would take and meet, for people to read. */
final class SecretsPlanText {
  private SecretsPlanText() {}

  /**
   * @param cluster the cluster's ARM id, for what to type; null where there is only a kubeconfig
   */
  static String of(SecretsPlan secrets, @Nullable String cluster) {
    StringBuilder text = new StringBuilder();
    if (secrets.notListed() != null) {
      entry(text, "Secrets", "could not be listed: " + secrets.notListed());
    }
    estimate(text, secrets.estimate());
    if (secrets.scan() != null) {
      scan(text, secrets.scan());
      undecryptable(text, secrets.scan(), cluster);
    }
    return text.toString();
  }

  private static void estimate(StringBuilder text, @Nullable Estimate estimate) {
    if (estimate == null) {
      return;
    }
    entry(text, "Secrets", number("%,d", estimate.secrets()));
    entry(text, "shards", number("%,d", estimate.shards()));
    entry(
        text,
        "estimate",
        String.format(
            Locale.ROOT,
            "%,d s to write and prove, if all are stale (%,d dry-run patches: %,.0f/s)",
            estimate.seconds(),
            estimate.sampled(),
            estimate.looksPerSecond()));
  }

  private static void scan(StringBuilder text, DryScan scan) {
    entry(
        text,
        "dry run of each",
        String.format(
            Locale.ROOT,
            "looked at %,d of %,d: %,d would not be rewritten, %,d can't be told",
            scan.looked(),
            scan.secrets(),
            scan.inTheWay(),
            scan.untold()));
    scan.found().forEach((reason, some) -> reason(text, reason, some));
  }

  private static void reason(StringBuilder text, ExceptionReason reason, DryScan.Some some) {
    entry(text, "", number("%,d", some.count()) + " " + reason.token() + ": " + reason.sentence());
    for (SecretException each : some.few()) {
      String by = each.by() == null ? "" : " (" + each.by() + ")";
      entry(text, "", "  " + each.namespace() + "/" + each.name() + by);
    }
    if (some.count() > some.few().size()) {
      entry(text, "", number("  and %,d more", some.count() - some.few().size()));
    }
  }

  private static void undecryptable(StringBuilder text, DryScan scan, @Nullable String cluster) {
    DryScan.Some some = scan.found().get(ExceptionReason.UNDECRYPTABLE);
    if (some != null) {
      text.append('\n');
      UndecryptableText.lines(some.count(), cluster)
          .forEach(line -> text.append(line).append('\n'));
    }
  }

  private static String number(String format, long number) {
    return String.format(Locale.ROOT, format, number);
  }

  private static void entry(StringBuilder text, String label, String value) {
    text.append(String.format(Locale.ROOT, "  %-18s %s%n", label, value));
  }
}
