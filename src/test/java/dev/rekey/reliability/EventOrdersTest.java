package dev.rekey.reliability;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.app.simulated.Arrival;
import dev.rekey.app.simulated.Course;
import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.key.KeyEventType;
import dev.rekey.simulation.fault.FaultPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Events of three versions of a key in all orders: late ones, doubled ones, those of older versions
 * after those of newer ones. Whatever the events say, the newest version is what counts.
 */
class EventOrdersTest {
  private static final Shape SHAPE = Shape.smallest(Scenario.ROTATE);

  private static final List<Arrival> FIVE =
      List.of(
          new Arrival(KeyEventType.NEW_VERSION_CREATED, 1),
          new Arrival(KeyEventType.NEW_VERSION_CREATED, 2),
          new Arrival(KeyEventType.NEW_VERSION_CREATED, 3),
          new Arrival(KeyEventType.NEAR_EXPIRY, 1),
          new Arrival(KeyEventType.EXPIRED, 2));

  @Test
  void anyOrderOfUpToFiveEvents_endsOnTheNewestVersionProved() {
    List<List<Arrival>> orders = new ArrayList<>();
    permutations(List.of(), orders);
    repetitions(List.of(), orders);
    List<Setup> worlds =
        orders.stream()
            .flatMap(
                order ->
                    Stream.of(Duration.ZERO, Duration.ofSeconds(100))
                        .map(apart -> Setup.of(SHAPE).meeting(order, apart)))
            .toList();

    List<String> broken = worlds.parallelStream().flatMap(setup -> broken(setup).stream()).toList();

    Report.say("%,d orders of events", worlds.size());
    Report.add("eventOrders", worlds.size(), broken.size());
    assertThat(broken).isEmpty();
  }

  /** What was broken, with the line that plays it again; empty if nothing was. */
  private static Optional<String> broken(Setup setup) {
    List<String> violations = Course.of(setup).violations();
    return violations.isEmpty()
        ? Optional.empty()
        : Optional.of(new Trouble(SHAPE, FaultPlan.NONE, violations) + options(setup.arrivals()));
  }

  private static String options(Setup.Arrivals arrivals) {
    String events = arrivals.events().stream().map(EventOrdersTest::text).collect(joining(","));
    Duration apart = arrivals.apart();
    return " --events \""
        + events
        + "\""
        + (apart.isZero() ? "" : " --apart " + apart.toSeconds() + "s");
  }

  /** As {@code rekey simulate --events} takes it. */
  private static String text(Arrival arrival) {
    String type =
        switch (arrival.type()) {
          case NEW_VERSION_CREATED -> "created";
          case NEAR_EXPIRY -> "near-expiry";
          case EXPIRED -> "expired";
        };
    return type + ":" + arrival.version();
  }

  /** Every sequence of some of the five, each at most once. */
  private static void permutations(List<Arrival> begun, List<List<Arrival>> found) {
    for (Arrival next : FIVE) {
      if (!begun.contains(next)) {
        List<Arrival> longer = Stream.concat(begun.stream(), Stream.of(next)).toList();
        found.add(longer);
        permutations(longer, found);
      }
    }
  }

  /** Every sequence of up to five events of new versions, the same one as often as may be. */
  private static void repetitions(List<Arrival> begun, List<List<Arrival>> found) {
    for (Arrival next : begun.size() == 5 ? List.<Arrival>of() : FIVE.subList(0, 3)) {
      List<Arrival> longer = Stream.concat(begun.stream(), Stream.of(next)).toList();
      found.add(longer);
      repetitions(longer, found);
    }
  }
}
