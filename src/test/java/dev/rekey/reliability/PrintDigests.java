package dev.rekey.reliability;

import dev.rekey.app.simulated.Course;
import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.simulation.fault.RandomFaults;
import java.util.SplittableRandom;

/** Prints what stands for the logs of many worlds: a process of its own, started by a test. */
final class PrintDigests {
  private static final int WORLDS = 12;

  private PrintDigests() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    for (Scenario scenario : Scenario.values()) {
      int digest = 1;
      for (long seed = 1; seed <= WORLDS; seed++) {
        digest = 31 * digest + log(scenario, seed).hashCode();
      }
      System.out.println(scenario.token() + " " + digest);
    }
  }

  private static String log(Scenario scenario, long seed) {
    StringBuilder log = new StringBuilder();
    RandomFaults chance = new RandomFaults(new SplittableRandom(seed), 8, 60);
    Shape shape = new Shape(scenario, seed, 12, 4, 3, false);
    Course.Outcome outcome =
        Course.of(Setup.of(shape).facing(chance).logging(line -> log.append(line).append('\n')));
    return log.append(outcome).toString();
  }
}
