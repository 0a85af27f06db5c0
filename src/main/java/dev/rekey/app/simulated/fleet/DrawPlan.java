package dev.rekey.app.simulated.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Draws what happens to a fleet from its seed. */
final class DrawPlan {
  /** Of each key in a year. */
  private static final int LEAST_VERSIONS = 2;

  private static final int MOST_VERSIONS = 12;
  private static final int YEAR = 365;
  private static final Duration SHORTEST_ERROR = Duration.ofHours(1);
  private static final Duration LONGEST_ERROR = Duration.ofDays(10);
  private static final Duration SHORTEST_OUTAGE = Duration.ofMinutes(3);
  private static final double LONGEST_TO_SHORTEST_OUTAGE = 480; // a day
  private static final Duration BETWEEN_ERRANDS = Duration.ofDays(3);

  /** The function app has seen every cluster by then. */
  private static final Duration BEFORE_ANYTHING = Duration.ofDays(1);

  private final FleetShape shape;
  private final Set<ErrorKind> kinds;

  /** What no change of another part's draws should change. */
  private final SplittableRandom versions;

  private final SplittableRandom errors;
  private final SplittableRandom outages;
  private final SplittableRandom errands;

  /** A part of a calendar month in which something may happen. */
  private record Span(Instant from, Instant until) {
    Instant draw(SplittableRandom random) {
      return from.plusSeconds(random.nextLong(Duration.between(from, until).toSeconds()));
    }
  }

  DrawPlan(FleetShape shape, Set<ErrorKind> kinds) {
    this.shape = shape;
    this.kinds = kinds;
    SplittableRandom random = new SplittableRandom(shape.seed());
    versions = random.split();
    errors = random.split();
    outages = random.split();
    errands = random.split();
  }

  YearPlan draw() {
    return new YearPlan(versions(), errors(), outages(), errands());
  }

  private List<YearPlan.NewVersion> versions() {
    List<YearPlan.NewVersion> drawn = new ArrayList<>();
    Span whole = new Span(shape.begin().plus(BEFORE_ANYTHING), shape.quietFrom());
    for (int key = 0; key < shape.keys(); key++) {
      int inYear = versions.nextInt(LEAST_VERSIONS, MOST_VERSIONS + 1);
      int many = Math.max(1, Math.round(inYear * shape.days() / (float) YEAR));
      for (int number = 0; number < many; number++) {
        drawn.add(new YearPlan.NewVersion(key, whole.draw(versions)));
      }
    }
    return drawn;
  }

  /** Each kind once in each month. */
  private List<HumanError> errors() {
    List<HumanError> drawn = new ArrayList<>();
    for (Span month : months()) {
      for (ErrorKind kind : ErrorKind.values()) {
        HumanError error = error(kind, month);
        boolean isInTime = error.mendedAt().isBefore(shape.quietFrom());
        if (kinds.contains(kind) && isInTime) {
          drawn.add(error);
        }
      }
    }
    return drawn;
  }

  private HumanError error(ErrorKind kind, Span month) {
    Instant at = month.draw(errors);
    Duration left = Duration.between(at, shape.quietFrom());
    Duration most = left.compareTo(LONGEST_ERROR) < 0 ? left : LONGEST_ERROR;
    long room = Math.max(1, most.minus(SHORTEST_ERROR).toSeconds());
    Instant mended = at.plus(SHORTEST_ERROR).plusSeconds(errors.nextLong(room));
    return new HumanError(
        kind, errors.nextInt(shape.clusters()), at, mended, errors.nextInt(Integer.MAX_VALUE));
  }

  private List<Outage> outages() {
    List<Outage> drawn = new ArrayList<>();
    for (Span month : months()) {
      for (Outage.Away away : Outage.Away.values()) {
        Instant from = month.draw(outages);
        double longer = Math.pow(LONGEST_TO_SHORTEST_OUTAGE, outages.nextDouble());
        Instant until = from.plusSeconds((long) (SHORTEST_OUTAGE.toSeconds() * longer));
        Set<Integer> clusters = away == Outage.Away.API_SERVERS ? some() : Set.of();
        boolean stopped = outages.nextBoolean();
        if (until.isBefore(shape.quietFrom())) {
          drawn.add(new Outage(away, from, until, clusters, stopped));
        }
      }
    }
    return drawn;
  }

  /** One in five, and one at least. */
  private Set<Integer> some() {
    Set<Integer> clusters = new TreeSet<>(Set.of(outages.nextInt(shape.clusters())));
    for (int number = 0; number < shape.clusters(); number++) {
      if (outages.nextInt(5) == 0) {
        clusters.add(number);
      }
    }
    return clusters;
  }

  private List<Errand> errands() {
    List<Errand> drawn = new ArrayList<>();
    Instant first = shape.begin().plus(BEFORE_ANYTHING);
    for (int cluster = 0; cluster < shape.clusters(); cluster++) {
      Instant at = first;
      while (true) {
        at = at.plusSeconds(errands.nextLong(2 * BETWEEN_ERRANDS.toSeconds()));
        if (!at.isBefore(shape.quietFrom())) {
          break;
        }
        drawn.add(new Errand(what(), cluster, at, errands.nextInt(Integer.MAX_VALUE)));
      }
    }
    return drawn;
  }

  private Errand.What what() {
    int among = errands.nextInt(10);
    if (among < 5) {
      return Errand.What.EDIT;
    }
    if (among < 7) {
      return Errand.What.CREATE;
    }
    return among < 8 ? Errand.What.DELETE : Errand.What.RESTART;
  }

  /** The calendar months, as far as anything may happen in them for a day at least. */
  private List<Span> months() {
    List<Span> months = new ArrayList<>();
    Instant from = shape.begin().plus(BEFORE_ANYTHING);
    while (from.plus(BEFORE_ANYTHING).isBefore(shape.quietFrom())) {
      ZonedDateTime month = from.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);
      Instant next = month.withDayOfMonth(1).plusMonths(1).toInstant();
      Instant until = next.isBefore(shape.quietFrom()) ? next : shape.quietFrom();
      months.add(new Span(from, until));
      from = until;
    }
    return months;
  }
}
