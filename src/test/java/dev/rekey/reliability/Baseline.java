package dev.rekey.reliability;

import dev.rekey.app.simulated.Course;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.simulation.fault.OutsideCall;
import java.util.ArrayList;
import java.util.List;

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
}
