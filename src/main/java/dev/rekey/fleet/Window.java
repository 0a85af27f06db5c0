package dev.rekey.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a change of a cluster may begin.
 *
 * @param hours when it is open; none for at all times
 * @param closed stretches of time in which it is closed all the same
 */
public record Window(List<Hours> hours, List<Span> closed) {

  /** At all times. */
  public static final Window ALWAYS = new Window(List.of(), List.of());

  /** What doesn't open within two years doesn't open: the longest interval of AKS is six months. */
  private static final int MOST_DAYS = 740;

  public Window {
    hours = List.copyOf(hours);
    closed = List.copyOf(closed);
  }

  /**
   * On some days, from a time on.
   *
   * @param days on which it begins
   * @param length by the clock on the wall there, a week at most; beyond midnight it goes on
   */
  public record Hours(Recurrence days, LocalTime from, Duration length, ZoneId zone) {

    private Optional<Span> beginningOn(LocalDate day) {
      return days.fallsOn(day)
          ? Optional.of(
              new Span(
                  day.atTime(from).atZone(zone).toInstant(),
                  day.atTime(from).plus(length).atZone(zone).toInstant()))
          : Optional.empty();
    }

    /** The first instant from this one on at which it is open. */
    private Optional<Instant> openFrom(Instant at) {
      LocalDate first = at.atZone(zone).toLocalDate().minusDays(length.toDays() + 1);
      return Stream.iterate(first, day -> day.plusDays(1))
          .limit(MOST_DAYS)
          .flatMap(day -> beginningOn(day).stream())
          .filter(span -> span.end().isAfter(span.start())) // not what the clock leaves out
          .filter(span -> span.end().isAfter(at))
          .map(span -> later(span.start(), at))
          .findFirst();
    }
  }

  /**
   * From an instant on, and before another.
   *
   * @param end not part of it
   */
  public record Span(Instant start, Instant end) {
    boolean holds(Instant at) {
      return !at.isBefore(start) && at.isBefore(end);
    }
  }

  public boolean isOpen(Instant at) {
    return openFrom(at).filter(at::equals).isPresent();
  }

  /**
   * The first instant from this one on at which it is open; empty if there is none in two years.
   */
  public Optional<Instant> openFrom(Instant at) {
    Optional<Instant> open = withinHours(at);
    while (open.isPresent()) {
      Instant candidate = open.get();
      Optional<Span> against = closed.stream().filter(span -> span.holds(candidate)).findFirst();
      if (against.isEmpty()) {
        return open;
      }
      open = withinHours(against.get().end());
    }
    return Optional.empty();
  }

  private Optional<Instant> withinHours(Instant at) {
    return hours.isEmpty()
        ? Optional.of(at)
        : hours.stream().flatMap(each -> each.openFrom(at).stream()).min(Instant::compareTo);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }
}
