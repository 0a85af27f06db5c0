package dev.rekey.operation.preflight;

import java.util.Locale;

/**
 * An action as roles name it: {@code *} stands for any characters, slashes too, and case doesn't
 * matter.
 */
public record ActionPattern(String text) {

  /**
   * Whether it holds an action. Walks through both once, going back to the last {@code *} only, so
   * that no pattern takes long.
   */
  public boolean holds(String action) {
    String pattern = text.toLowerCase(Locale.ROOT);
    String wanted = action.toLowerCase(Locale.ROOT);
    int p = 0;
    int w = 0;
    int star = -1;
    int resume = 0;
    while (w < wanted.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = w;
      } else if (p < pattern.length() && pattern.charAt(p) == wanted.charAt(w)) {
        p++;
        w++;
      } else if (star >= 0) {
        p = star + 1;
        w = ++resume;
      } else {
        return false;
      }
    }
    return pattern.substring(p).chars().allMatch(each -> each == '*');
  }
}
