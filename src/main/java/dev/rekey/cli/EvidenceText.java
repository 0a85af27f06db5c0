package dev.rekey.cli;

import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evidence for people to read: the facts of the document, and what to type next. */
final class EvidenceText {
  private final Evidence evidence;
  private final StringBuilder text = new StringBuilder();

  EvidenceText(Evidence evidence) {
    this.evidence = evidence;
  }

  String text() {
    Evidence.Identity operation = evidence.operation();
    Duration took = Duration.between(operation.startedAt(), operation.endedAt());
    text.append('\n');
    line("%s of %s: %s", operation.kind(), operation.cluster(), operation.outcome());
    line("operation %s, %s", operation.id(), words(took));
    text.append('\n');
    if (operation.kind().equals(Kind.CENSUS.token())) {
      census();
    } else {
      rewrite();
    }
    exceptions();
    undecryptable();
    concerns();
    return text.toString();
  }

  private void rewrite() {
    keys();
    approved();
    secrets(evidence.secrets());
    if (evidence.operation().retryOf() != null) {
      entry(
          "",
          "the exceptions of " + evidence.operation().retryOf() + " alone; the proof is of all");
    }
    evidence.phases().forEach(phase -> entry("earlier", phase(phase)));
    Evidence.Proof proof = evidence.proof();
    entry(
        "proof by looks",
        number(proof.checked())
            + " looked at again: "
            + number(proof.unchanged())
            + " unmoved, "
            + number(proof.unsettled())
            + " unsettled");
    boolean counted = !proof.method().equals("looks");
    counts(counted ? "proof by counters" : "counted reads", evidence.census().after());
    if (!counted) {
      entry("", "no proof: an API server reads again and again for a Secret it can't decrypt");
    }
    entry(
        "API servers",
        evidence.convergence().replicas().size()
            + ", each seen to write "
            + (isPlain() ? "plain" : "with this key")
            + " ("
            + evidence.convergence().method()
            + ")");
    keysInUse();
    Evidence.Estimate estimate = evidence.estimate();
    if (estimate != null) {
      entry("took", estimate.actualSeconds() + " s, predicted " + estimate.seconds() + " s");
    }
    entry("previous key", evidence.verdict().previousKey());
    if (evidence.verdict().previousKey().equals("keep-though-kms-is-off")) {
      entry("", "it must neither be deleted nor expire: AKS uses it though KMS is off");
    }
    entry("older keys", evidence.verdict().oldestKey());
  }

  /** Where ARM shows no key version: what the API servers show. */
  private void keysInUse() {
    Evidence.KeysInUse keys = evidence.keysInUse();
    if (keys != null) {
      new KeysInUseText(keys, this::entry).add();
    }
  }

  private boolean isPlain() {
    return KeyIdHash.PLAIN.label().equals(evidence.key().to());
  }

  private void keys() {
    Evidence.Keys key = evidence.key();
    if (key.from() != null && key.from().equals(key.to())) {
      entry("key", key.from());
    } else {
      entryIfKnown("from", key.from());
      entryIfKnown("to", key.to());
    }
    Evidence.SecurityProfile profile = evidence.securityProfile();
    if (profile != null) {
      entry("ARM shows", shown(profile.azureKeyVaultKms()));
    }
  }

  /** What rests on a person's approval. */
  private void approved() {
    Evidence.BroughtBack back = evidence.broughtBack();
    if (back != null) {
      entry("brought back", back.key());
      entry("", number(back.unreadable()) + " could not be decrypted before it was current again");
      entry(
          "",
          back.counted()
              ? "nothing lay under the version that this dropped: counted"
              : "what lay under the version that this dropped could not be counted");
    }
    Evidence.FoundReadable readable = evidence.foundReadable();
    if (readable != null) {
      entry("found readable", number(readable.secrets()) + " before KMS v1 was turned off");
      entry("", "approved by " + readable.approver());
    }
  }

  /** AKS goes on to name a key when KMS is off, which is not in use then. */
  private static String shown(Evidence.AzureKeyVaultKms kms) {
    return kms.enabled() ? String.valueOf(kms.keyId()) : "KMS off";
  }

  private void secrets(Evidence.Secrets secrets) {
    entry(
        "Secrets",
        number(secrets.discovered())
            + " = "
            + number(secrets.rewritten())
            + " rewritten + "
            + number(secrets.current())
            + " current + "
            + number(secrets.deleted())
            + " deleted + "
            + number(secrets.exceptions())
            + " exceptions + "
            + number(secrets.remaining())
            + " remaining");
  }

  private void census() {
    entry("Secrets", number(evidence.secrets().discovered()) + " listed");
    counts("stored under", evidence.census().after());
    keysInUse();
    new CensusText(evidence.census(), this::entry, text -> line("%s", text)).add();
  }

  private void counts(String label, Map<String, Long> byKey) {
    String title = label;
    for (Map.Entry<String, Long> one : byKey.entrySet()) {
      entry(title, String.format(Locale.ROOT, "%,9d  %s", one.getValue(), one.getKey()));
      title = "";
    }
    entry(title, count(evidence.census().plain()) + "  plain, not encrypted");
    entry("", count(evidence.census().unknown()) + "  can't be decrypted by any API server");
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,9d", number);
  }

  private void exceptions() {
    if (evidence.exceptions().isEmpty()) {
      return;
    }
    text.append('\n');
    line("Exceptions: these could not be rewritten.");
    for (Evidence.Exempt exempt : evidence.exceptions()) {
      String by = exempt.by() == null ? "" : " by " + exempt.by();
      line("  %s/%s  %s%s", exempt.namespace(), exempt.name(), exempt.reason(), by);
    }
    long all = evidence.exceptionReasons().values().stream().mapToLong(Long::longValue).sum();
    if (all > evidence.exceptions().size()) {
      line(
          "  and %s more: rekey evidence --exceptions", number(all - evidence.exceptions().size()));
    }
  }

  private void undecryptable() {
    if (evidence.census().unknown() > 0) {
      text.append('\n');
      UndecryptableText.lines(evidence.census().unknown(), null).forEach(said -> line("%s", said));
    }
  }

  private void concerns() {
    if (evidence.concerns().isEmpty()) {
      return;
    }
    text.append('\n');
    line("Noted before it began; none of it stood against it.");
    for (Evidence.Concerning one : evidence.concerns()) {
      line("  %-11s  %s: %s", one.verdict(), one.check(), one.seen());
    }
    line("What to do about it: rekey doctor --cluster ID");
  }

  private void entryIfKnown(String label, @Nullable String value) {
    if (value != null) {
      entry(label, value);
    }
  }

  private void entry(String label, String value) {
    line("  %-18s %s", label, value);
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String phase(Evidence.Phase phase) {
    String proof =
        phase.proof().method().equals("none")
            ? "nothing was proved of it"
            : "proof by %s, %s unmoved"
                .formatted(phase.proof().method(), number(phase.proof().unchanged()));
    return "%s: %s Secrets, %s rewritten; %s"
        .formatted(
            phase.step(),
            number(phase.secrets().discovered()),
            number(phase.secrets().rewritten()),
            proof);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String words(Duration took) {
    long seconds = Math.max(1, took.toSeconds());
    return seconds < 120 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
  }
}
