package dev.rekey.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Shape;
import dev.rekey.simulation.fault.Fault;
import dev.rekey.simulation.fault.FaultPlan;
import dev.rekey.simulation.fault.OutsideCall;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One fault in a run. Each that can happen at each call of each kind of operation; what others do,
 * and all of it in scenarios that lead to the same operation, at the first and at the last call of
 * each place in the code.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class SingleFaultsTest {

  private static final Set<Scenario> ONE_OF_EACH_KIND =
      EnumSet.of(Scenario.ROTATE, Scenario.REENCRYPT, Scenario.CENSUS);

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void anyFaultAtAnyCall_breaksNoPromise(Scenario scenario) {
    Baseline baseline = baseline(scenario);
    assertThat(baseline.outcome().violations()).isEmpty();
    List<FaultPlan> plans = plans(baseline, ONE_OF_EACH_KIND.contains(scenario));
    long begun = System.nanoTime();

    List<Trouble> troubles = new Runs(baseline).troubles(plans);

    report(baseline, plans, troubles.size(), (System.nanoTime() - begun) / 1_000_000_000);
    assertThat(troubles).isEmpty();
  }

  /** Of a return what the others leave out: from the wish to the update. */
  private static Baseline baseline(Scenario scenario) {
    Baseline all = Baseline.of(Shape.smallest(scenario));
    return scenario == Scenario.RETURN ? all.between("RequestOperation", "UpdateWork") : all;
  }

  private static List<FaultPlan> plans(Baseline baseline, boolean everyCall) {
    Set<OutsideCall> ends = baseline.ends();
    List<FaultPlan> plans = new ArrayList<>();
    for (OutsideCall call : baseline.calls()) {
      for (Fault fault : Fault.possibleAt(call)) {
        if (ends.contains(call) || (everyCall && !fault.isDisturbance())) {
          plans.add(FaultPlan.of(call.number(), fault));
        }
      }
    }
    return plans;
  }

  private static void report(Baseline baseline, List<FaultPlan> plans, int broken, long seconds) {
    Report.sites(baseline.calls().stream().map(OutsideCall::site).toList());
    long crashes = plans.stream().filter(SingleFaultsTest::isCrash).count();
    Report.add("crashRuns", crashes, broken);
    Report.add("errorRuns", plans.size() - crashes, 0);
    Report.say(
        "%s: %,d calls at %,d places, %,d runs with a crash or a lost answer, %,d with another fault, %d s, "
            + "%d broke a promise",
        baseline.shape().scenario().token(),
        baseline.calls().size(),
        baseline.firsts().size(),
        crashes,
        plans.size() - crashes,
        seconds,
        broken);
  }

  private static boolean isCrash(FaultPlan plan) {
    Fault fault = plan.faults().get(plan.faults().firstKey());
    return fault.isCrash() || fault.isAnswerLost();
  }
}
