package dev.rekey.operation.step;

import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Progress;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Readability;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.StringJoiner;

/**
 * Stands for what a plan would do, so that a person approves that and nothing else: the cluster,
 * the kind, the settings of KMS that it leads through and its steps, and, where a count comes
 * before the approval, that every Secret was found readable by it. Counts and times are left out:
 * they change from look to look.
 */
public final class PlanHash {
  private PlanHash() {}

  /** {@code sha256:} and 64 hexadecimal digits. */
  public static String of(Operation operation) {
    StringJoiner text = new StringJoiner("\n");
    text.add(operation.cluster().value()).add(operation.kind().token());
    operation.route().stops().forEach(stop -> text.add(text(stop)));
    Plan.names(operation.kind()).forEach(step -> text.add(step.token()));
    operation.progress().findings().restorations().forEach(one -> text.add(one.toString()));
    if (hasFoundAllReadable(operation.progress())) {
      text.add("every Secret was found readable");
    }
    return "sha256:" + HexFormat.of().formatHex(sha256(text.toString()));
  }

  /** By the last count that has ended: a new one that is under way takes nothing back. */
  private static boolean hasFoundAllReadable(Progress progress) {
    return progress.passes().stream()
        .filter(pass -> pass.step().equals(StepName.COUNT.token()) && pass.hasEnded())
        .reduce((earlier, later) -> later)
        .map(Readability::of)
        .filter(Readability::isOfAll)
        .isPresent();
  }

  private static String text(KmsSettings settings) {
    return settings + " " + settings.vaultResourceId();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}
