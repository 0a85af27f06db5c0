package dev.rekey.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a cluster's maintenance window lets a change begin.
 *
 * @param from the first instant, from when it was looked at on, at which it is open; null if there
 *     is none, and where the window can't be read
 * @param readable whether it can be read; nothing is begun by a window that nobody can read
 * @param detail where it stands and what is wrong with it, for people
 */
public record Opening(@Nullable Instant from, boolean readable, String detail) {

  /** Where there is no window: at once. */
  public static Opening atOnce(Instant now) {
    return new Opening(now, true, "there is no window");
  }

  public static Opening unreadable(String detail) {
    return new Opening(null, false, detail);
  }

  public boolean isOpen(Instant now) {
    return from != null && !from.isAfter(now);
  }

  /** For people: when it opens, by what. */
  public String text() {
    if (!readable) {
      return detail;
    }
    return (from == null ? "it doesn't open within two years" : "it opens at " + from)
        + " ("
        + detail
        + ")";
  }
}
