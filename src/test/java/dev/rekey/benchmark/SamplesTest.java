package dev.rekey.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

  private final Samples samples =
      new Samples(List.of(sample(0, 10), sample(1, 12), sample(3, 13), sample(4, 20)));

  @Test
  void phaseBetweenSamples_growthIsTakenAsEven() {
    assertThat(samples.growth(Sample::serverCpu, phase(0.5, 2))).isCloseTo(1.5, within(1e-9));
  }

  @Test
  void phaseLongerThanTheSamples_growthIsTheirs() {
    assertThat(samples.growth(Sample::serverCpu, phase(-1, 9))).isCloseTo(10, within(1e-9));
  }

  @Test
  void peakIsTheLargestEverSeen() {
    assertThat(samples.peakMemory()).isEqualTo(20);
  }

  private static Sample sample(double seconds, double cpu) {
    return new Sample(at(seconds), cpu, 0, (long) cpu);
  }

  private static Phase phase(double from, double to) {
    return new Phase("phase", at(from), at(to));
  }

  private static Instant at(double seconds) {
    return START.plusMillis((long) (seconds * 1000));
  }
}
