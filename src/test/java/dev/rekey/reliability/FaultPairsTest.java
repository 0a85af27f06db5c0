package dev.rekey.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.app.simulated.Course;
import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.simulation.fault.Fault;
import dev.rekey.simulation.fault.OutsideCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two faults in a run: the first at the first and at the last call of each place, the second at the
 * next call of each place after it. All of them take hours; a part of them, another one in each
 * place, fits into a build.
 */
@Timeout(value = 24, unit = TimeUnit.HOURS)
class FaultPairsTest {
  private static final int MOST = Integer.getInteger("reliability.pairs", 6_000);
  private static final List<Fault> FAULTS =
      List.of(Fault.CRASH_BEFORE, Fault.CRASH_AFTER, Fault.LOST_REPLY);

  private record Pair(Shape shape, int call, Fault first, String site, Fault second) {}

  @Test
  void aSecondFaultAfterTheFirst_breaksNoPromise() {
    List<Pair> all =
        Arrays.stream(Scenario.values())
            .flatMap(scenario -> pairs(Baseline.of(Shape.smallest(scenario))).stream())
            .toList();
    List<Pair> some = new ArrayList<>(all);
    Collections.shuffle(some, new Random(1));
    some = some.subList(0, Math.min(MOST, some.size()));
    long begun = System.nanoTime();

    AtomicInteger both = new AtomicInteger();
    List<Trouble> troubles =
        some.parallelStream().flatMap(pair -> trouble(pair, both).stream()).toList();

    Report.say(
        "%,d of %,d pairs of faults, in %,d both happened, %d s, %d broke a promise",
        some.size(),
        all.size(),
        both.get(),
        (System.nanoTime() - begun) / 1_000_000_000,
        troubles.size());
    Report.add("pairRuns", some.size(), troubles.size());
    Report.set("pairsInAll", all.size());
    assertThat(troubles).isEmpty();
  }

  private static List<Trouble> trouble(Pair pair, AtomicInteger both) {
    SecondFault faults = new SecondFault(pair.call(), pair.first(), pair.site(), pair.second());
    Course.Outcome outcome = Course.of(Setup.of(pair.shape()).facing(faults));
    if (faults.happened().faults().size() == 2) {
      both.incrementAndGet();
    }
    return outcome.violations().isEmpty()
        ? List.of()
        : List.of(new Trouble(pair.shape(), faults.happened(), outcome.violations()));
  }

  private static List<Pair> pairs(Baseline baseline) {
    List<Pair> pairs = new ArrayList<>();
    for (OutsideCall call : baseline.ends()) {
      baseline.firsts().forEach((site, other) -> add(pairs, baseline, call, site, other));
    }
    return pairs;
  }

  private static void add(
      List<Pair> pairs, Baseline baseline, OutsideCall call, String site, OutsideCall other) {
    for (Fault first : FAULTS) {
      for (Fault second : FAULTS) {
        if (first.canHappenAt(call) && second.canHappenAt(other)) {
          pairs.add(new Pair(baseline.shape(), call.number(), first, site, second));
        }
      }
    }
  }
}
