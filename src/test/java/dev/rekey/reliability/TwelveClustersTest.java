package dev.rekey.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.app.simulated.Setup.Tampering;
import dev.rekey.simulation.fault.Fault;
import dev.rekey.simulation.fault.FaultPlan;
import dev.rekey.simulation.fault.OutsideCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One key for twelve clusters, and a canary that fails for hours. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class TwelveClustersTest {
  /** A crash before a call is one after the call before it. */
  private static final List<Fault> AT_ENDS = List.of(Fault.LOST_REPLY, Fault.UNREACHABLE);

  @Test
  void canaryFailsAndIsMended_theOthersFollowItsProofAndTheFirstVersionGoesWithTheLastOfThem() {
    TwelveClusters.Outcome outcome = TwelveClusters.twice(Tampering.NONE);

    assertThat(outcome.violations()).isEmpty();
    assertThat(outcome.retired()).containsExactly(outcome.versions().get(0));
  }

  /**
   * A crash at each call of the timer's runs that begin operations, and anything at the first and
   * at the last call of each place in all its runs.
   */
  @Test
  void faultAtAnyCallOfTheTimersRun_noWaveOvertakesAnotherAndAllAreProved() {
    TwelveClusters.Outcome calm = TwelveClusters.once(Tampering.NONE, FaultPlan.NONE);
    assertThat(calm.violations()).isEmpty();
    assertThat(calm.beginnings()).isNotEmpty();
    List<FaultPlan> plans = plans(calm);
    long begun = System.nanoTime();

    List<String> troubles = plans.parallelStream().flatMap(plan -> broken(plan).stream()).toList();

    Report.say(
        "twelve clusters: %,d runs with a fault in the timer's run, %d s, %d broke a promise",
        plans.size(), (System.nanoTime() - begun) / 1_000_000_000, troubles.size());
    Report.add("twelveClustersRuns", plans.size(), troubles.size());
    assertThat(troubles).isEmpty();
  }

  private static List<FaultPlan> plans(TwelveClusters.Outcome calm) {
    Map<String, OutsideCall> firsts = new LinkedHashMap<>();
    Map<String, OutsideCall> lasts = new LinkedHashMap<>();
    for (List<OutsideCall> run : calm.ticks()) {
      run.forEach(call -> firsts.putIfAbsent(call.site(), call));
      run.forEach(call -> lasts.put(call.site(), call));
    }
    Set<OutsideCall> ends = new LinkedHashSet<>(firsts.values());
    ends.addAll(lasts.values());
    Set<OutsideCall> crashes = new LinkedHashSet<>(ends);
    calm.beginnings().forEach(crashes::addAll);
    List<FaultPlan> plans = new ArrayList<>();
    crashes.forEach(call -> plans.add(FaultPlan.of(call.number(), Fault.CRASH_AFTER)));
    for (OutsideCall call : ends) {
      AT_ENDS.stream()
          .filter(fault -> fault.canHappenAt(call))
          .forEach(fault -> plans.add(FaultPlan.of(call.number(), fault)));
    }
    return plans;
  }

  private static List<String> broken(FaultPlan plan) {
    return TwelveClusters.once(Tampering.NONE, plan).violations().stream()
        .map(violation -> plan + ": " + violation)
        .toList();
  }
}
