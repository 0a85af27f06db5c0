package dev.rekey.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.app.simulated.Course;
import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.simulation.fault.FaultPlan;
import dev.rekey.simulation.fault.FaultSource;
import dev.rekey.simulation.fault.RandomFaults;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same world with the same faults takes the same course, byte for byte. */
class SameSeedTest {

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void sameSeedAndSameFaults_giveTheSameLog(Scenario scenario) {
    Shape shape = new Shape(scenario, 77, 12, 4, 3, false);
    RandomFaults chance = new RandomFaults(new SplittableRandom(5), 8, 60);
    String first = log(shape, chance);

    assertThat(log(shape, new RandomFaults(new SplittableRandom(5), 8, 60))).isEqualTo(first);
    assertThat(log(shape, FaultPlan.parse(chance.happened().toString()))).isEqualTo(first);
    assertThat(chance.happened().faults()).isNotEmpty();
    Report.set("deterministic", true);
    Report.say("%s: the same seed gave the same log, byte for byte, three times", scenario.token());
  }

  @Test
  void anotherSeed_givesAnotherLog() {
    Shape shape = new Shape(Scenario.ROTATE, 77, 12, 4, 2, false);
    Shape other = new Shape(Scenario.ROTATE, 78, 12, 4, 2, false);

    assertThat(log(shape, FaultPlan.NONE)).isNotEqualTo(log(other, FaultPlan.NONE));
  }

  private static String log(Shape shape, FaultSource faults) {
    StringBuilder log = new StringBuilder();
    Course.Outcome outcome =
        Course.of(Setup.of(shape).facing(faults).logging(line -> log.append(line).append('\n')));
    return log.append(outcome).toString();
  }
}
