package dev.rekey.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final LocalDate START = LocalDate.of(2026, 1, 20);

  @Test
  void noHours_isOpenAtAllTimes() {
    assertThat(Window.ALWAYS.isOpen(at("2026-03-01T00:00:00Z"))).isTrue();
  }

  @Test
  void closedStretch_isClosedAndOpensAtItsEnd() {
    Window window =
        new Window(List.of(), List.of(span("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z")));

    assertThat(window.openFrom(at("2026-02-28T23:59:59Z"))).contains(at("2026-02-28T23:59:59Z"));
    assertThat(window.openFrom(at("2026-03-01T00:00:00Z"))).contains(at("2026-03-02T00:00:00Z"));
  }

  @Test
  void closedStretchInTheMiddleOfTheHours_cutsThem() {
    Window window =
        new Window(
            List.of(daily("22:00", 8)),
            List.of(span("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z")));

    assertThat(window.isOpen(at("2026-02-28T23:00:00Z"))).isTrue();
    assertThat(window.openFrom(at("2026-03-01T01:00:00Z"))).contains(at("2026-03-02T00:00:00Z"));
  }

  @Test
  void oneClosedStretchAfterAnother_isSkippedWhole() {
    Window window =
        new Window(
            List.of(daily("10:00", 1)),
            List.of(
                span("2026-03-02T00:00:00Z", "2026-03-04T10:30:00Z"),
                span("2026-03-01T00:00:00Z", "2026-03-02T10:30:00Z")));

    assertThat(window.openFrom(at("2026-03-01T09:00:00Z"))).contains(at("2026-03-04T10:30:00Z"));
  }

  @Test
  void nothingWithinTwoYears_neverOpens() {
    LocalDate leapDay = LocalDate.of(2024, 2, 29);
    Window window =
        new Window(
            List.of(
                new Window.Hours(
                    new Recurrence.EveryMonths(48, 29, leapDay),
                    LocalTime.NOON,
                    Duration.ofHours(1),
                    ZoneOffset.UTC)),
            List.of());

    assertThat(window.openFrom(at("2024-03-01T00:00:00Z"))).isEmpty();
    assertThat(window.isOpen(at("2024-03-01T00:00:00Z"))).isFalse();
    assertThat(window.openFrom(at("2028-02-01T00:00:00Z"))).contains(at("2028-02-29T12:00:00Z"));
  }

  @Test
  void everyThirdDay_countsFromItsStart() {
    assertThat(days(new Recurrence.EveryDays(3, START), 4))
        .containsExactly("2026-01-20", "2026-01-23", "2026-01-26", "2026-01-29");
  }

  @Test
  void everySecondWeek_countsFromTheFirstSuchDayOnOrAfterItsStart() {
    assertThat(days(new Recurrence.EveryWeeks(2, DayOfWeek.SATURDAY, START), 3))
        .containsExactly("2026-01-24", "2026-02-07", "2026-02-21");
    assertThat(days(new Recurrence.EveryWeeks(2, DayOfWeek.TUESDAY, START), 2))
        .containsExactly("2026-01-20", "2026-02-03");
  }

  @Test
  void everyThirdMonth_countsFromTheFirstSuchDayOnOrAfterItsStart() {
    assertThat(days(new Recurrence.EveryMonths(3, 1, START), 3))
        .containsExactly("2026-02-01", "2026-05-01", "2026-08-01");
    assertThat(days(new Recurrence.EveryMonths(3, 20, START), 2))
        .containsExactly("2026-01-20", "2026-04-20");
  }

  @Test
  void dayThatAMonthDoesNotHave_isLeftOut() {
    assertThat(days(new Recurrence.EveryMonths(1, 31, START), 3))
        .containsExactly("2026-01-31", "2026-03-31", "2026-05-31");
  }

  @Test
  void dayOfTheWeekInAMonth_countsFromTheFirstOneOnOrAfterItsStart() {
    assertThat(days(new Recurrence.EveryMonthsOnWeekday(1, 1, DayOfWeek.MONDAY, START), 2))
        .containsExactly("2026-02-02", "2026-03-02");
    assertThat(days(new Recurrence.EveryMonthsOnWeekday(2, 4, DayOfWeek.FRIDAY, START), 2))
        .containsExactly("2026-01-23", "2026-03-27");
    assertThat(days(new Recurrence.EveryMonthsOnWeekday(1, null, DayOfWeek.SUNDAY, START), 3))
        .containsExactly("2026-01-25", "2026-02-22", "2026-03-29");
  }

  private static List<String> days(Recurrence recurrence, int count) {
    return Stream.iterate(START, day -> day.plusDays(1))
        .filter(recurrence::fallsOn)
        .limit(count)
        .map(LocalDate::toString)
        .toList();
  }

  private static Window.Hours daily(String from, int hours) {
    return new Window.Hours(
        new Recurrence.EveryDays(1, START),
        LocalTime.parse(from),
        Duration.ofHours(hours),
        ZoneOffset.UTC);
  }

  private static Window.Span span(String start, String end) {
    return new Window.Span(at(start), at(end));
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }
}
