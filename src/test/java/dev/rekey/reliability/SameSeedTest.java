package dev.rekey.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.app.simulated.Course;
import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.simulation.fault.FaultPlan;
import dev.rekey.simulation.fault.FaultSource;
import dev.rekey.simulation.fault.RandomFaults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
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

    String again = log(shape, new RandomFaults(new SplittableRandom(5), 8, 60));
    String replayed = log(shape, FaultPlan.parse(chance.happened().toString()));

    Report.holds("deterministic", again.equals(first) && replayed.equals(first));
    assertThat(again).isEqualTo(first);
    assertThat(replayed).isEqualTo(first);
    assertThat(chance.happened().faults()).isNotEmpty();
    Report.say("%s: the same seed gave the same log, byte for byte, three times", scenario.token());
  }

  /**
   * The order of an immutable map or set is another one in each process, so a line that a test
   * prints could mean something else to whoever plays it again.
   */
  @Test
  void sameSeedInThreeProcesses_givesTheSameLogs() throws IOException, InterruptedException {
    Set<String> printed = new HashSet<>();
    for (int process = 0; process < 3; process++) {
      printed.add(printedByAnotherProcess());
    }

    Report.holds("deterministic", printed.size() == 1);
    assertThat(printed).hasSize(1);
    assertThat(printed.iterator().next().lines()).hasSize(Scenario.values().length);
    Report.say("the same seeds gave the same logs in three processes");
  }

  private static String printedByAnotherProcess() throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(java.toString(), "-cp", classPath(), PrintDigests.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }

  /** Surefire hands its own over by a manifest. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
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
