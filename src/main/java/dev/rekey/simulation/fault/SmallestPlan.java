package dev.rekey.simulation.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Takes faults away from a plan for as long as it still leads to the same trouble. */
public final class SmallestPlan {
  private SmallestPlan() {}

  /**
   * The smallest plan found by taking away one fault after another.
   *
   * @param plan one that fails
   * @param fails plays a plan and tells whether it fails too
   */
  public static FaultPlan of(FaultPlan plan, Predicate<FaultPlan> fails) {
    FaultPlan smallest = plan;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      // The last fault first: taking it away changes no number of the calls before it.
      List<Integer> calls = new ArrayList<>(smallest.faults().keySet());
      for (int index = calls.size() - 1; index >= 0; index--) {
        FaultPlan without = smallest.without(calls.get(index));
        if (fails.test(without)) {
          smallest = without;
          smaller = true;
        }
      }
    }
    return smallest;
  }
}
