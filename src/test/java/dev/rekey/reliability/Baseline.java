package dev.rekey.reliability;

import dev.rekey.app.simulated.Course;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.simulation.fault.OutsideCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A run in which nothing goes wrong: all its calls, and what it changed. */
record Baseline(Shape shape, List<OutsideCall> calls, Course.Outcome outcome) {

  static Baseline of(Shape shape) {
    List<OutsideCall> calls = new ArrayList<>();
    Course.Outcome outcome =
        Course.of(
            Setup.of(shape)
                .watched(
                    observed -> {
                      observed.call().caller();
                      calls.add(observed.call());
                    }));
    return new Baseline(shape, List.copyOf(calls), outcome);
  }

  /**
   * The same run, of whose calls only the first of each place counts, from the first of one class
   * to the last of another.
   */
  Baseline between(String first, String last) {
    int from = 0;
    while (!calls.get(from).site().contains(" " + first + ".")) {
      from++;
    }
    int to = calls.size();
    while (!calls.get(to - 1).site().contains(" " + last + ".")) {
      to--;
    }
    Baseline part = new Baseline(shape, calls.subList(from, to), outcome);
    return new Baseline(shape, List.copyOf(part.firsts().values()), outcome);
  }

  /** The first call of each place in the code. */
  Map<String, OutsideCall> firsts() {
    Map<String, OutsideCall> firsts = new LinkedHashMap<>();
    calls.forEach(call -> firsts.putIfAbsent(call.site(), call));
    return firsts;
  }

  /** The first and the last call of each place in the code. */
  Set<OutsideCall> ends() {
    Map<String, OutsideCall> lasts = new LinkedHashMap<>();
    calls.forEach(call -> lasts.put(call.site(), call));
    Set<OutsideCall> ends = new LinkedHashSet<>(firsts().values());
    ends.addAll(lasts.values());
    return ends;
  }
}
