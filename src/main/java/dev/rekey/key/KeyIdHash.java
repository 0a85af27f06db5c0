package dev.rekey.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name under which an API server's metrics show a key: {@code sha256:} and the hexadecimal
 * SHA-256 of the KMS plugin's {@code key_id}. Where Secrets lie under encryption that names no key,
 * such as KMS v1, it is the prefix of what is stored.
 */
public record KeyIdHash(String label) implements Comparable<KeyIdHash> {
  /** What stands in place of a key where a Secret is stored plain. */
  public static final KeyIdHash PLAIN = new KeyIdHash("plain");

  /**
   * The label that a key version will have. Azure's plugin uses the hexadecimal SHA-256 of the key
   * version's URL as its key id, and the API server hashes that text once more.
   */
  public static KeyIdHash predict(KeyId keyId) {
    return ofKmsKeyId(kmsKeyId(keyId));
  }

  /**
   * The {@code key_id} that Azure's KMS plugin reports for a key version, and that is stored beside
   * each Secret.
   */
  public static String kmsKeyId(KeyId keyId) {
    return sha256(keyId.url());
  }

  /** The label of any KMS plugin's {@code key_id}. */
  public static KeyIdHash ofKmsKeyId(String kmsKeyId) {
    return new KeyIdHash("sha256:" + sha256(kmsKeyId));
  }

  /** Whether it is the prefix of what KMS v1 stores, which names no key. */
  public boolean isOfKmsV1() {
    return label.startsWith("k8s:enc:kms:v1:");
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }

  @Override
  public int compareTo(KeyIdHash other) {
    return label.compareTo(other.label);
  }

  @Override
  public String toString() {
    return label;
  }
}
