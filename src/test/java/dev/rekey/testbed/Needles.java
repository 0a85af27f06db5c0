package dev.rekey.testbed;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Texts of one length, found by a hash that slides over the bytes (Rabin and Karp's search). */
final class Needles {
  private static final long BASE = 1_000_003;

  /** Few enough bits to stay in the processor's cache, many enough to seldom say yes in vain. */
  private static final int BITS = 1 << 20;

  private final int length;
  private final long highest;
  private final BitSet seen = new BitSet(BITS);
  private final Map<String, String> meanings = new HashMap<>();

  Needles(int length) {
    this.length = length;
    long power = 1;
    for (int step = 1; step < length; step++) {
      power *= BASE;
    }
    this.highest = power;
  }

  /**
   * @param meaning what to report when the needle is found
   */
  void add(String needle, String meaning) {
    long hash = 0;
    for (byte next : needle.getBytes(StandardCharsets.ISO_8859_1)) {
      hash = hash * BASE + next;
    }
    seen.set(bit(hash));
    meanings.put(needle, meaning);
  }

  void collect(byte[] bytes, Set<String> found) {
    long hash = 0;
    for (int end = 0; end < bytes.length; end++) {
      if (end >= length) {
        hash -= bytes[end - length] * highest;
      }
      hash = hash * BASE + bytes[end];
      if (end >= length - 1 && seen.get(bit(hash))) {
        String meaning =
            meanings.get(new String(bytes, end - length + 1, length, StandardCharsets.ISO_8859_1));
        if (meaning != null) {
          found.add(meaning);
        }
      }
    }
  }

  private static int bit(long hash) {
    return (int) ((hash * 0x9E3779B97F4A7C15L) >>> 44);
  }
}
