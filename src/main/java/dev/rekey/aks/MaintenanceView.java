package dev.rekey.aks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.fleet.Recurrence;
import dev.rekey.fleet.Window;
import dev.rekey.service.port.OutsideFault;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A maintenance configuration of a cluster as ARM shows it: a {@code maintenanceWindow}, or in the
 * older form hours of the week, and what it excludes. Of another form it is malformed, never open.
 */
final class MaintenanceView {
  /** AKS allows 24 hours, 7 days, 4 weeks and 6 months. */
  private static final int MOST = 31;

  private static final Map<String, Integer> WEEKS =
      Map.of("first", 1, "second", 2, "third", 3, "fourth", 4);

  private static final Instant ERA = Instant.parse("1970-01-01T00:00:00Z");

  private final String doing;

  /**
   * @param doing what it was asked for, in case it can't be used
   */
  MaintenanceView(String doing) {
    this.doing = doing;
  }

  /**
   * The window that a configuration's {@code properties} show.
   *
   * @throws OutsideFault with {@code MALFORMED} if they can't be understood
   */
  Window window(JsonNode properties) {
    try {
      JsonNode shown = properties.path("maintenanceWindow");
      List<Window.Span> closed = new ArrayList<>(notAllowedTime(properties));
      if (StrictMember.isAbsent(shown)) {
        return new Window(hoursOfWeek(properties.path("timeInWeek")), closed);
      }
      ZoneOffset zone = zone(shown.path("utcOffset"));
      closed.addAll(notAllowedDates(shown.path("notAllowedDates"), zone));
      LocalDate start = date(shown.path("startDate"));
      if (start != null) {
        closed.add(new Window.Span(ERA, start.atStartOfDay().toInstant(zone)));
      }
      return new Window(
          List.of(
              new Window.Hours(
                  recurrence(shown.path("schedule"), start),
                  LocalTime.parse(text(shown.path("startTime"))),
                  Duration.ofHours(number(shown.path("durationHours"))),
                  zone)),
          closed);
    } catch (DateTimeException otherForm) {
      throw malformed();
    }
  }

  private Recurrence recurrence(JsonNode schedule, @Nullable LocalDate start) {
    List<String> kinds =
        Stream.of("daily", "weekly", "absoluteMonthly", "relativeMonthly")
            .filter(kind -> !StrictMember.isAbsent(schedule.path(kind)))
            .toList();
    if (kinds.size() != 1) {
      throw malformed();
    }
    JsonNode of = schedule.path(kinds.get(0));
    return switch (kinds.get(0)) {
      case "daily" -> {
        int interval = number(of.path("intervalDays"));
        yield new Recurrence.EveryDays(interval, from(start, interval));
      }
      case "weekly" -> {
        int interval = number(of.path("intervalWeeks"));
        yield new Recurrence.EveryWeeks(interval, day(of.path("dayOfWeek")), from(start, interval));
      }
      case "absoluteMonthly" -> {
        int interval = number(of.path("intervalMonths"));
        int day = number(of.path("dayOfMonth"));
        yield new Recurrence.EveryMonths(interval, day, from(start, interval));
      }
      default -> {
        int interval = number(of.path("intervalMonths"));
        DayOfWeek day = day(of.path("dayOfWeek"));
        yield new Recurrence.EveryMonthsOnWeekday(
            interval, week(of.path("weekIndex")), day, from(start, interval));
      }
    };
  }

  /** With an interval of one, any date will do; otherwise nobody knows which week is meant. */
  private LocalDate from(@Nullable LocalDate start, int interval) {
    if (start == null && interval > 1) {
      throw malformed();
    }
    return start == null ? LocalDate.EPOCH : start;
  }

  /** The older form; hours of the clock in UTC. Without any, it only excludes. */
  private List<Window.Hours> hoursOfWeek(JsonNode timeInWeek) {
    List<Window.Hours> hours = new ArrayList<>();
    for (JsonNode each : list(timeInWeek)) {
      Recurrence day = new Recurrence.Weekdays(Set.of(day(each.path("day"))));
      for (JsonNode slot : list(each.path("hourSlots"))) {
        if (!slot.isInt()) {
          throw malformed();
        }
        LocalTime from = LocalTime.of(slot.intValue(), 0);
        hours.add(new Window.Hours(day, from, Duration.ofHours(1), ZoneOffset.UTC));
      }
    }
    if (hours.isEmpty() && !StrictMember.isAbsent(timeInWeek)) {
      throw malformed();
    }
    return hours;
  }

  private List<Window.Span> notAllowedTime(JsonNode properties) {
    List<Window.Span> spans = new ArrayList<>();
    for (JsonNode each : list(properties.path("notAllowedTime"))) {
      spans.add(span(instant(each.path("start")), instant(each.path("end"))));
    }
    return spans;
  }

  private List<Window.Span> notAllowedDates(JsonNode dates, ZoneOffset zone) {
    List<Window.Span> spans = new ArrayList<>();
    for (JsonNode each : list(dates)) {
      LocalDate first = date(each.path("start"));
      LocalDate last = date(each.path("end"));
      if (first == null || last == null) {
        throw malformed();
      }
      Instant start = first.atStartOfDay().toInstant(zone);
      spans.add(span(start, last.plusDays(1).atStartOfDay().toInstant(zone)));
    }
    return spans;
  }

  private Window.Span span(Instant start, Instant end) {
    if (end.isBefore(start)) {
      throw malformed();
    }
    return new Window.Span(start, end);
  }

  private Iterable<JsonNode> list(JsonNode list) {
    if (!StrictMember.isAbsent(list) && !list.isArray()) {
      throw malformed();
    }
    return list;
  }

  /** A static offset; none means UTC. */
  private ZoneOffset zone(JsonNode offset) {
    return StrictMember.isAbsent(offset) || offset.asText().isEmpty()
        ? ZoneOffset.UTC
        : ZoneOffset.of(text(offset));
  }

  /** A date; some versions of the API show it with a time behind it. */
  private @Nullable LocalDate date(JsonNode date) {
    if (StrictMember.isAbsent(date)) {
      return null;
    }
    String text = text(date);
    LocalDate read = LocalDate.parse(text.substring(0, Math.min(text.length(), 10)));
    if (read.getYear() < 1970 || read.getYear() > 9999) {
      throw malformed();
    }
    return read;
  }

  private Instant instant(JsonNode time) {
    String text = text(time);
    Instant read = Instant.parse(text.endsWith("Z") ? text : text + "Z");
    if (read.isBefore(ERA) || read.isAfter(Instant.parse("9999-12-31T00:00:00Z"))) {
      throw new DateTimeParseException("far away", "", 0);
    }
    return read;
  }

  private DayOfWeek day(JsonNode day) {
    String text = text(day).toUpperCase(Locale.ROOT);
    return Stream.of(DayOfWeek.values())
        .filter(each -> each.name().equals(text))
        .findFirst()
        .orElseThrow(this::malformed);
  }

  private @Nullable Integer week(JsonNode index) {
    String text = text(index).toLowerCase(Locale.ROOT);
    Integer week = WEEKS.get(text);
    if (week == null && !text.equals("last")) {
      throw malformed();
    }
    return week;
  }

  private int number(JsonNode number) {
    if (!number.isInt() || number.intValue() < 1 || number.intValue() > MOST) {
      throw malformed();
    }
    return number.intValue();
  }

  private String text(JsonNode text) {
    if (!text.isTextual() || text.textValue().length() > 40) {
      throw malformed();
    }
    return text.textValue();
  }

  private OutsideFault malformed() {
    return ArmFaults.malformed(doing, "it can't be understood; set the tag rekey-window instead");
  }
}
