package dev.rekey.storage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash that chains a cluster's evidence, and that names and guards the files of a folder. */
final class Sha256 {
  private Sha256() {}

  /** {@code sha256:} and the hexadecimal hash of the text's UTF-8 bytes. */
  static String of(String text) {
    return "sha256:" + hex(text);
  }

  /** The hexadecimal hash of the text's UTF-8 bytes. */
  static String hex(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }
}
