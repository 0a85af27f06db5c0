package dev.rekey.storage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The hash that chains a cluster's evidence, and that names and guards the files of a folder. */
final class Sha256 {
  private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

  private Sha256() {}

  /** {@code sha256:} and the hexadecimal hash of the text's UTF-8 bytes. */
  static String of(String text) {
    return "sha256:" + hex(text);
  }

  /**
   * A hash that was stored.
   *
   * @throws UnreadableRow if it is something else, which would go on into the next evidence
   */
  static String checked(String stored) {
    if (!FORM.matcher(stored).matches()) {
      throw new UnreadableRow("a hash of evidence", "another text");
    }
    return stored;
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
