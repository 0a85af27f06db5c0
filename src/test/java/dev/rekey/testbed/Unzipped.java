package dev.rekey.testbed;

import java.nio.charset.StandardCharsets;

/**
 * Keeps answers readable on their way. The product takes gzip, which makes /metrics twenty times
 * smaller; a recording must not.
 */
final class Unzipped {
  private static final byte[] GZIP = "Accept-Encoding: gzip\r\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NONE = "Accept-Encoding: none\r\n".getBytes(StandardCharsets.UTF_8);

  private Unzipped() {}

  /**
   * Replaces the header in place. One that two reads tear apart is missed: who relies on it looks
   * whether any answer says {@code Content-Encoding}.
   */
  static void refuseGzip(byte[] buffer, int length) {
    for (int at = 0; at + GZIP.length <= length; at++) {
      if (matches(buffer, at)) {
        System.arraycopy(NONE, 0, buffer, at, NONE.length);
      }
    }
  }

  private static boolean matches(byte[] buffer, int at) {
    for (int index = 0; index < GZIP.length; index++) {
      if (buffer[at + index] != GZIP[index]) {
        return false;
      }
    }
    return true;
  }
}
