package dev.rekey.simulation.fault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which fault happens at which call, by the call's number: {@code 17:crash-before,23:busy}. Written
 * out it is what {@code rekey simulate --faults} takes.
 *
 * @param faults by the number of the call, from 1
 */
public record FaultPlan(SortedMap<Integer, Fault> faults) implements FaultSource {
  public static final FaultPlan NONE = new FaultPlan(new TreeMap<>());

  public FaultPlan {
    faults = Collections.unmodifiableSortedMap(new TreeMap<>(faults));
  }

  public static FaultPlan of(int call, Fault fault) {
    return NONE.with(call, fault);
  }

  /** A text that is no plan, with all that is wrong with it. */
  public static final class Unreadable extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Unreadable(List<String> problems) {
      super(String.join("; ", problems));
    }
  }

  /**
   * Reads a plan as {@link #toString} writes it; an empty text is a plan without faults.
   *
   * @throws Unreadable if it is none
   */
  public static FaultPlan parse(String text) {
    SortedMap<Integer, Fault> faults = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (String item : text.isBlank() ? new String[0] : text.split(",", -1)) {
      String[] parts = item.strip().split(":", 2);
      Optional<Fault> fault = Fault.ofToken(parts[parts.length - 1].strip());
      if (parts.length < 2 || !parts[0].strip().matches("[1-9][0-9]{0,8}")) {
        problems.add("'" + item.strip() + "' is not <number of a call>:<fault>, such as 17:busy");
      } else if (fault.isEmpty()) {
        problems.add("there is no fault '" + parts[1].strip() + "'; there are " + tokens());
      } else if (faults.put(Integer.valueOf(parts[0].strip()), fault.get()) != null) {
        problems.add("two faults at call " + parts[0].strip() + "; one can happen there");
      }
    }
    if (!problems.isEmpty()) {
      throw new Unreadable(problems);
    }
    return new FaultPlan(faults);
  }

  private static String tokens() {
    return List.of(Fault.values()).stream().map(Fault::token).collect(Collectors.joining(", "));
  }

  @Override
  public Optional<Fault> at(OutsideCall call) {
    return Optional.ofNullable(faults.get(call.number()));
  }

  public FaultPlan with(int call, Fault fault) {
    SortedMap<Integer, Fault> more = new TreeMap<>(faults);
    more.put(call, fault);
    return new FaultPlan(more);
  }

  public FaultPlan without(int call) {
    SortedMap<Integer, Fault> fewer = new TreeMap<>(faults);
    fewer.remove(call);
    return new FaultPlan(fewer);
  }

  @Override
  public String toString() {
    return faults.entrySet().stream()
        .map((Map.Entry<Integer, Fault> each) -> each.getKey() + ":" + each.getValue().token())
        .collect(Collectors.joining(","));
  }
}
