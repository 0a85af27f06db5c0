package dev.rekey.cli;

import dev.rekey.fleet.Need;
import dev.rekey.fleet.RetireVerdict;
import dev.rekey.fleet.Unsure;
import dev.rekey.key.KeptKey;
import dev.rekey.key.PolicyAdvice;
import dev.rekey.key.RotationPolicy;
import dev.rekey.service.KeyReport;
import dev.rekey.service.KeysReport;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How keys stand, for people: no line but a command to type is longer than 100 characters. */
final class KeysText {
  private static final int WIDTH = 100;
  private static final int DATE_LENGTH = "2026-03-01".length();

  private final StringBuilder text = new StringBuilder();

  private KeysText() {}

  static String of(KeysReport report) {
    KeysText keys = new KeysText();
    report.keys().forEach(keys::key);
    keys.end(report);
    return keys.text.toString();
  }

  private void key(KeyReport key) {
    text.append('\n').append(key.key()).append('\n');
    if (key.notLookedAt() != null) {
      wrapped("  ", "not looked at: " + key.notLookedAt());
    }
    line("version", "state", "expires", "verdict");
    key.versions().forEach(this::version);
    policy(key);
  }

  private void line(String version, String state, String expires, String verdict) {
    text.append(
        String.format(
            Locale.ROOT, "  %-32s  %-11s  %-10s  %s%n", version, state, expires, verdict));
  }

  private void version(KeyReport.Version version) {
    KeptKey standing = version.standing();
    line(
        version.id().version(),
        standing == null ? "unknown" : standing.state().token(),
        standing == null ? "unknown" : date(standing.expires(), "never"),
        verdict(version.verdict()));
    if (version.verdict() instanceof RetireVerdict.Needed needed) {
      needed.needs().forEach(this::need);
    } else if (version.verdict() instanceof RetireVerdict.NotKnown unsure) {
      unsure.doubts().forEach(this::doubt);
    }
  }

  private static String verdict(RetireVerdict verdict) {
    if (verdict instanceof RetireVerdict.NotNeeded none) {
      return none.since() == null
          ? "not needed, never used"
          : "not needed since " + date(none.since(), "");
    }
    return verdict.token().replace('-', ' ');
  }

  private static String date(@Nullable Instant instant, String none) {
    return instant == null ? none : instant.toString().substring(0, DATE_LENGTH);
  }

  private void need(Need need) {
    String slot = need.ground().slot();
    String where = slot.equals("none") ? "" : " (" + slot + ")";
    wrapped("    ", need.cluster() + where + ": " + need.why());
  }

  private void doubt(Unsure doubt) {
    String whose = doubt.cluster() == null ? "" : doubt.cluster() + ": ";
    wrapped("    ", whose + doubt.cause().sentence());
    if (!doubt.why().equals(doubt.cause().sentence())) {
      wrapped("      ", doubt.why());
    }
  }

  private void policy(KeyReport key) {
    RotationPolicy policy = key.policy();
    if (policy == null) {
      wrapped("  ", "rotation policy: not read: " + key.policyNotRead());
      return;
    }
    wrapped("  ", "rotation policy: " + described(policy));
    PolicyAdvice advice = key.advice();
    (advice == null ? List.<PolicyAdvice.Flaw>of() : advice.flaws()).forEach(this::flaw);
  }

  private static String described(RotationPolicy policy) {
    if (policy.equals(RotationPolicy.NONE)) {
      return "none";
    }
    String after =
        policy.rotateAfterCreation() == null
            ? ""
            : "a new version " + policy.rotateAfterCreation() + " after the last, ";
    String before =
        policy.rotateBeforeExpiry() == null
            ? ""
            : "a new version " + policy.rotateBeforeExpiry() + " before an expiry, ";
    String notice =
        policy.notifyBeforeExpiry() == null
            ? ""
            : "announced " + policy.notifyBeforeExpiry() + " before, ";
    String life =
        policy.expiryTime() == null ? "never expiring" : "expiring after " + policy.expiryTime();
    return after + before + notice + life;
  }

  private void flaw(PolicyAdvice.Flaw flaw) {
    wrapped("  ", "advice (" + flaw.cause().token() + "): " + flaw.cause().sentence());
    wrapped("    ", "seen: " + flaw.seen());
    text.append("    type: ").append(flaw.remedy()).append('\n');
  }

  private void end(KeysReport report) {
    if (report.keys().isEmpty()) {
      text.append("\nNo cluster in scope uses a key, or is known to have used one.\n");
    }
    text.append('\n');
    report.notLookedAt().forEach(why -> wrapped("", "not looked at: " + why));
    wrapped("", RetireVerdict.CAVEAT);
    text.append("Only advice: nothing was changed.\n");
  }

  /** Further lines stand two characters further in. A word that is longer than a line stays. */
  private void wrapped(String indent, String words) {
    StringBuilder line = new StringBuilder(indent);
    boolean isEmpty = true;
    for (String word : words.split(" ", -1)) {
      if (!isEmpty && line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder(indent + "  ");
        isEmpty = true;
      }
      line.append(isEmpty ? "" : " ").append(word);
      isEmpty = false;
    }
    text.append(line).append('\n');
  }
}
