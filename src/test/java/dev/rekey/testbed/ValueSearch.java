package dev.rekey.testbed;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for many texts at once, in every form in which one is likely to travel: plain, within
 * Base64 wherever it begins, in hexadecimal of either case. A text counts as found once its last
 * sixteen characters are: most of a value would be a leak, too.
 */
public final class ValueSearch {
  private static final int ENOUGH = 16;

  /** Of the Base64 of sixteen bytes, the characters that don't depend on their neighbours. */
  private static final int BASE64 = 20;

  private final Map<Integer, Needles> byLength = new HashMap<>();

  private ValueSearch(Collection<String> texts) {
    texts.forEach(this::add);
  }

  /**
   * @param texts of ASCII, at least sixteen characters each, the last sixteen unlike any other
   */
  public static ValueSearch forAll(Collection<String> texts) {
    return new ValueSearch(texts);
  }

  private void add(String text) {
    if (text.length() < ENOUGH) {
      throw new IllegalArgumentException("too short to be searched for: " + text);
    }
    byte[] end = text.substring(text.length() - ENOUGH).getBytes(StandardCharsets.US_ASCII);
    add(new String(end, StandardCharsets.US_ASCII), text);
    add(HexFormat.of().formatHex(end), text);
    add(HexFormat.of().withUpperCase().formatHex(end), text);
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + ENOUGH];
      System.arraycopy(end, 0, shifted, before, ENOUGH);
      // The first character whose six bits all lie behind what comes before.
      int first = (before * 8 + 5) / 6;
      add(Base64.getEncoder().encodeToString(shifted).substring(first, first + BASE64), text);
    }
  }

  private void add(String form, String text) {
    byLength.computeIfAbsent(form.length(), Needles::new).add(form, text);
  }

  /** The texts that occur in any form. */
  public Set<String> in(byte[] bytes) {
    Set<String> found = new TreeSet<>();
    byLength.values().forEach(needles -> needles.collect(bytes, found));
    return found;
  }

  public Set<String> in(String text) {
    return in(text.getBytes(StandardCharsets.UTF_8));
  }
}
