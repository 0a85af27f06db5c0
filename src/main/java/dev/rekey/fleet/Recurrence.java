package dev.rekey.fleet;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * On which days something begins. An interval of more than one counts from the first day on or
 * after a date.
 */
public sealed interface Recurrence {

  boolean fallsOn(LocalDate day);

  /** Every week on these days. */
  record Weekdays(Set<DayOfWeek> days) implements Recurrence {
    public Weekdays {
      days = Set.copyOf(days);
    }

    @Override
    public boolean fallsOn(LocalDate day) {
      return days.contains(day.getDayOfWeek());
    }
  }

  /** Every so many days, from a date on. */
  record EveryDays(int interval, LocalDate from) implements Recurrence {
    @Override
    public boolean fallsOn(LocalDate day) {
      return Math.floorMod(ChronoUnit.DAYS.between(from, day), interval) == 0;
    }
  }

  /** Every so many weeks on a day, from a date on. */
  record EveryWeeks(int interval, DayOfWeek dayOfWeek, LocalDate from) implements Recurrence {
    @Override
    public boolean fallsOn(LocalDate day) {
      LocalDate first = from.with(TemporalAdjusters.nextOrSame(dayOfWeek));
      return day.getDayOfWeek() == dayOfWeek
          && Math.floorMod(ChronoUnit.WEEKS.between(first, day), interval) == 0;
    }
  }

  /** Every so many months on a day of the month, from a date on; not in months without that day. */
  record EveryMonths(int interval, int dayOfMonth, LocalDate from) implements Recurrence {
    @Override
    public boolean fallsOn(LocalDate day) {
      YearMonth first = YearMonth.from(from);
      if (from.getDayOfMonth() > dayOfMonth) {
        first = first.plusMonths(1);
      }
      return day.getDayOfMonth() == dayOfMonth && isInStep(first, day, interval);
    }
  }

  /**
   * Every so many months on the first, second … day of the week of the month, from a date on.
   *
   * @param week from 1 to 4; null for the last one of the month
   */
  record EveryMonthsOnWeekday(
      int interval, @Nullable Integer week, DayOfWeek dayOfWeek, LocalDate from)
      implements Recurrence {
    @Override
    public boolean fallsOn(LocalDate day) {
      YearMonth first = YearMonth.from(from);
      if (dayIn(first).isBefore(from)) {
        first = first.plusMonths(1);
      }
      return day.equals(dayIn(YearMonth.from(day))) && isInStep(first, day, interval);
    }

    private LocalDate dayIn(YearMonth month) {
      LocalDate any = month.atDay(1);
      return week == null
          ? any.with(TemporalAdjusters.lastInMonth(dayOfWeek))
          : any.with(TemporalAdjusters.dayOfWeekInMonth(week, dayOfWeek));
    }
  }

  private static boolean isInStep(YearMonth first, LocalDate day, int interval) {
    return Math.floorMod(first.until(YearMonth.from(day), ChronoUnit.MONTHS), interval) == 0;
  }
}
