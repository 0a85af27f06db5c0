package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.service.Ports;
import dev.rekey.simulation.fault.FaultPlan;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FaultySimulationTest {
  private static final Setup SOUND = Setup.of(Shape.smallest(Scenario.ROTATE));

  /** An engine none of whose messages are ever sent: it comes to no end. */
  private static final Setup BROKEN =
      SOUND.tampered(Setup.Tampering.of(FaultySimulationTest::withoutMessages));

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void promiseBroken_failed() {
    assertThat(play(BROKEN, "")).isEqualTo(ExitCode.FAILED);
    assertThat(text(out)).contains("broken: P").doesNotContain("every promise held");
    assertThat(text(err)).isEmpty();
  }

  @Test
  void promiseBrokenAndAFaultMetNoCall_failedAndTheFaultIsNamedAllTheSame() {
    assertThat(play(BROKEN, "999999:busy")).isEqualTo(ExitCode.FAILED);
    assertThat(text(out)).contains("broken: P");
    assertThat(text(err)).startsWith("rekey: --faults 999999:busy: expected ").contains("it made ");
  }

  @Test
  void everyPromiseHeldAndAFaultMetNoCall_thePlanIsTheMistake() {
    assertThatThrownBy(() -> play(SOUND, "999999:busy"))
        .isInstanceOf(BadOption.class)
        .hasMessageContaining("--faults 999999:busy");
  }

  private int play(Setup setup, String plan) {
    return new FaultySimulation(setup, FaultPlan.parse(plan), false)
        .play(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static String text(ByteArrayOutputStream printed) {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static Ports withoutMessages(Ports ports) {
    return new Ports(
        ports.clusters(),
        ports.surroundings(),
        ports.vault(),
        ports.kubernetes(),
        ports.records(),
        (message, delay) -> {},
        ports.signals(),
        ports.ids(),
        ports.time());
  }
}
