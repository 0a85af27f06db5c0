package dev.rekey.operation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The short stable name of a cluster, as lists show it and commands take it: lower-case letters,
 * digits, dots and hyphens, at most 100. It serves as a storage partition key too.
 */
public record ClusterName(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}");
  private static final int HASH_BYTES = 4;

  public ClusterName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a cluster's name has lower-case letters, digits, dots and hyphens only, at most 100");
    }
  }

  /**
   * The name of an AKS cluster: its resource's name, and enough of a hash of its ARM id to tell
   * apart two of the same name. ARM changes the case of ids from answer to answer; the name stays.
   *
   * @param id the cluster's ARM id
   */
  public static ClusterName ofArmId(String id) {
    String lower = id.toLowerCase(Locale.ROOT);
    String resource = lower.substring(lower.lastIndexOf('/') + 1).replaceAll("[^a-z0-9.-]", "-");
    return new ClusterName(resource + "-" + HexFormat.of().formatHex(sha256(lower), 0, HASH_BYTES));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
