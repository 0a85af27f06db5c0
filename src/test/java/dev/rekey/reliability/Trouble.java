package dev.rekey.reliability;

import dev.rekey.app.simulated.Shape;
import dev.rekey.simulation.fault.FaultPlan;
import java.util.List;

/** A run in which a promise was broken, with the line that plays it again. */
record Trouble(Shape shape, FaultPlan plan, List<String> broken) {

  @Override
  public String toString() {
    return broken + "\n    rekey simulate " + arguments();
  }

  private String arguments() {
    return "--scenario "
        + shape.scenario().token()
        + " --seed "
        + shape.seed()
        + " --secrets "
        + shape.secrets()
        + " --namespaces "
        + shape.namespaces()
        + " --replicas "
        + shape.replicas()
        + (shape.orderly() ? "" : " --disorder")
        + " --faults \""
        + plan
        + "\"";
  }
}
