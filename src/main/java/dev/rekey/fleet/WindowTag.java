package dev.rekey.fleet;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The window that a cluster's tag names.
 *
 * <pre>
 * window: hours [; hours …]
 * hours:  days from-to [zone]
 * days:   daily, or days and ranges of days with commas between: Mon, Sat,Sun, Mon-Thu,Sat
 * from:   HH:mm, from 00:00 to 23:59
 * to:     HH:mm, up to 24:00; at or before "from" it is on the day after
 * zone:   UTC (also where none stands), an offset such as +02:00, or a name such as Europe/Berlin
 * </pre>
 */
public final class WindowTag {
  /** The tag of a cluster that names when a change may begin. */
  public static final String TAG = "rekey-window";

  /** A tag of Azure has 256 characters at most. */
  private static final int MAX_LENGTH = 256;

  private static final Pattern HOURS =
      Pattern.compile(
          "(?<days>[a-z,-]{1,60}) +(?<from>\\d\\d:\\d\\d)-(?<to>\\d\\d:\\d\\d)(?: +(?<zone>\\S{1,64}))?");

  private static final Pattern OFFSET = Pattern.compile("[+-]\\d\\d:\\d\\d");
  private static final Pattern NAME = Pattern.compile("[A-Za-z]+(?:[A-Za-z0-9_+/-])*");

  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  private WindowTag() {}

  /**
   * The tag's text; empty if the cluster has none.
   *
   * @param tags the cluster's tags; ARM ignores the case of their names
   */
  public static Optional<String> in(Map<String, String> tags) {
    return tags.entrySet().stream()
        .filter(tag -> tag.getKey().equalsIgnoreCase(TAG))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The window; empty if the text has another form. */
  public static Optional<Window> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    List<Window.Hours> all = new ArrayList<>();
    for (String each : text.split(";", -1)) {
      Optional<Window.Hours> hours = hours(each.strip());
      if (hours.isEmpty()) {
        return Optional.empty();
      }
      all.add(hours.get());
    }
    return Optional.of(new Window(all, List.of()));
  }

  private static Optional<Window.Hours> hours(String text) {
    int end = text.indexOf(' ');
    String folded =
        end < 0 ? text : text.substring(0, end).toLowerCase(Locale.ROOT) + text.substring(end);
    Matcher parts = HOURS.matcher(folded);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      LocalTime from = LocalTime.parse(parts.group("from"));
      Duration length = length(from, parts.group("to"));
      Set<DayOfWeek> days = days(parts.group("days"));
      ZoneId zone = zone(parts.group("zone"));
      return Optional.of(new Window.Hours(new Recurrence.Weekdays(days), from, length, zone));
    } catch (DateTimeException noSuchThing) {
      return Optional.empty();
    }
  }

  private static Duration length(LocalTime from, String to) {
    if (to.equals("24:00")) {
      return Duration.ofDays(1).minusSeconds(from.toSecondOfDay());
    }
    Duration length = Duration.between(from, LocalTime.parse(to));
    if (length.isZero()) {
      throw new DateTimeException("whether it is a day or nothing doesn't stand there");
    }
    return length.isNegative() ? length.plusDays(1) : length;
  }

  private static Set<DayOfWeek> days(String text) {
    if (text.equals("daily")) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String range : text.split(",", -1)) {
      String[] ends = range.split("-", -1);
      if (ends.length > 2) {
        throw new DateTimeException("no range of days");
      }
      DayOfWeek last = day(ends[ends.length - 1]);
      for (DayOfWeek day = day(ends[0]); ; day = day.plus(1)) {
        days.add(day);
        if (day == last) {
          break;
        }
      }
    }
    return days;
  }

  private static DayOfWeek day(String text) {
    int number = DAYS.indexOf(text);
    if (number < 0) {
      throw new DateTimeException("no day of the week");
    }
    return DayOfWeek.of(number + 1);
  }

  private static ZoneId zone(@Nullable String text) {
    if (text == null || text.equals("UTC")) {
      return ZoneOffset.UTC;
    }
    if (OFFSET.matcher(text).matches()) {
      return ZoneOffset.of(text);
    }
    if (!NAME.matcher(text).matches()) {
      throw new DateTimeException("no zone");
    }
    return ZoneId.of(text);
  }
}
