package dev.rekey.simulation.azure;

import dev.rekey.operation.ClusterName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Short stable names for clusters: the resource's name, and enough of a hash to tell apart two of
 * the same name.
 */
final class ClusterNames {
  private static final int HASH_BYTES = 4;

  private ClusterNames() {}

  /** The name of a cluster by its ARM id, whose case ARM changes from answer to answer. */
  static ClusterName of(String resourceId) {
    String id = resourceId.toLowerCase(Locale.ROOT);
    String resource = id.substring(id.lastIndexOf('/') + 1).replaceAll("[^a-z0-9.-]", "-");
    byte[] hash = sha256(id);
    return new ClusterName(resource + "-" + HexFormat.of().formatHex(hash, 0, HASH_BYTES));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }
}
