package dev.rekey.operation.step;

import dev.rekey.operation.DroppedKey;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.StringJoiner;

/**
 * Stands for what a plan would do, so that a person approves that and nothing else: the cluster,
 * the kind, the settings of KMS that it leads through and its steps. Counts and times are left out:
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
    DroppedKey dropped = operation.progress().findings().dropped();
    if (dropped != null && !dropped.countable()) {
      text.add("what lies where can't be known");
    }
    return "sha256:" + HexFormat.of().formatHex(sha256(text.toString()));
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
