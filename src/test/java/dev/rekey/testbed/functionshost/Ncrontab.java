package dev.rekey.testbed.functionshost;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A schedule of six fields: second, minute, hour, day of month, month, day of week (0 is Sunday).
 * Each is a list, by commas, of {@code *}, a number or a range {@code a-b}, with or without {@code
 * /step}. Times are UTC. A moment fits when all six do.
 */
final class Ncrontab {
  private static final int[] LEAST = {0, 0, 0, 1, 1, 0};
  private static final int[] MOST = {59, 59, 23, 31, 12, 6};

  /** A day that never comes, such as 30 February, is given up after this. */
  private static final int YEARS = 5;

  private final List<BitSet> fields;

  private Ncrontab(List<BitSet> fields) {
    this.fields = fields;
  }

  /**
   * @throws IllegalArgumentException where it isn't of that form
   */
  static Ncrontab parse(String expression) {
    String[] texts = expression.strip().split("\\s+");
    if (texts.length != LEAST.length) {
      throw new IllegalArgumentException("a schedule has six fields: " + expression);
    }
    List<BitSet> fields = new ArrayList<>();
    for (int index = 0; index < texts.length; index++) {
      BitSet field = new BitSet();
      for (String part : texts[index].split(",")) {
        add(part, index, field);
      }
      fields.add(field);
    }
    return new Ncrontab(fields);
  }

  private static void add(String part, int index, BitSet field) {
    String[] halves = part.split("/", 2);
    String[] ends = halves[0].equals("*") ? new String[0] : halves[0].split("-", 2);
    int first = ends.length == 0 ? LEAST[index] : Integer.parseInt(ends[0]);
    int last = lastOf(halves, ends, index);
    int step = halves.length == 2 ? Integer.parseInt(halves[1]) : 1;
    if (first < LEAST[index] || last > MOST[index] || first > last || step < 1) {
      throw new IllegalArgumentException("out of bounds in a schedule: " + part);
    }
    for (int value = first; value <= last; value += step) {
      field.set(value);
    }
  }

  private static int lastOf(String[] halves, String[] ends, int index) {
    if (ends.length == 2) {
      return Integer.parseInt(ends[1]);
    }
    return ends.length == 0 || halves.length == 2 ? MOST[index] : Integer.parseInt(ends[0]);
  }

  /** The first fitting second after {@code now}. */
  Instant next(Instant now) {
    LocalDateTime time =
        LocalDateTime.ofInstant(now, ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    LocalDateTime end = time.plusYears(YEARS);
    while (time.isBefore(end)) {
      if (!day(time)) {
        time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
      } else if (!fields.get(2).get(time.getHour())) {
        time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
      } else if (!fields.get(1).get(time.getMinute())) {
        time = time.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
      } else if (!fields.get(0).get(time.getSecond())) {
        time = time.plusSeconds(1);
      } else {
        return time.toInstant(ZoneOffset.UTC);
      }
    }
    throw new IllegalArgumentException("a schedule that never comes");
  }

  private boolean day(LocalDateTime time) {
    return fields.get(3).get(time.getDayOfMonth())
        && fields.get(4).get(time.getMonthValue())
        && fields.get(5).get(time.getDayOfWeek().getValue() % 7);
  }
}
