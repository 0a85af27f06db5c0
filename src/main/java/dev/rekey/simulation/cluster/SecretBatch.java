package dev.rekey.simulation.cluster;

import dev.rekey.simulation.cluster.secret.SecretContent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Secrets to begin with: {@code secret-0000}, {@code secret-0001} … dealt out in turn to {@code
 * team-00}, {@code team-01} …
 *
 * @param bytes the length of each value
 * @param prefix of the namespaces' names
 * @param change what makes them special: immutable, held back by a finalizer
 */
public record SecretBatch(
    int count, int namespaces, int bytes, String prefix, UnaryOperator<SecretContent> change) {

  /** Stands in every Secret, in its data and in an annotation, and must be found nowhere else. */
  public static final String MARKER = "correct-horse-battery-staple";

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  /** The size that figures are given for: 2,000 Secrets of 1 KiB in 40 namespaces. */
  public static SecretBatch usual() {
    return of(2_000, 40);
  }

  public static SecretBatch of(int count, int namespaces) {
    return new SecretBatch(count, namespaces, 1_024, "team-", UnaryOperator.identity());
  }

  public SecretBatch withBytes(int length) {
    return new SecretBatch(count, namespaces, length, prefix, change);
  }

  /** In namespaces of other names. */
  public SecretBatch in(String otherPrefix) {
    return new SecretBatch(count, namespaces, bytes, otherPrefix, change);
  }

  public SecretBatch each(UnaryOperator<SecretContent> otherChange) {
    return new SecretBatch(count, namespaces, bytes, prefix, otherChange);
  }

  String namespace(int index) {
    return prefix + twoDigits(index % namespaces);
  }

  String name(int index) {
    return "secret-" + twoDigits(index / 100) + twoDigits(index % 100);
  }

  SecretContent content(int index) {
    String value = base64(padded(MARKER + "-" + index + "-"));
    String applied = "{\"data\":{\"password\":\"" + base64(MARKER) + "\"}}";
    return change.apply(
        SecretContent.opaque(Map.of("password", value)).withAnnotation(LAST_APPLIED, applied));
  }

  private String padded(String start) {
    return start + "x".repeat(Math.max(0, bytes - start.length()));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String twoDigits(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}
