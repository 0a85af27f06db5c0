package dev.rekey.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Samples in the order of time, asked about stretches between them.
 *
 * @param all at least one
 */
record Samples(List<Sample> all) {
  Samples {
    all = List.copyOf(all);
  }

  /** By how much a value that only grows has grown, as if it grew evenly between two samples. */
  double growth(ToDoubleFunction<Sample> value, Phase phase) {
    return at(value, phase.endedAt()) - at(value, phase.startedAt());
  }

  private double at(ToDoubleFunction<Sample> value, Instant moment) {
    Sample before = all.get(0);
    for (Sample sample : all) {
      if (!sample.at().isBefore(moment)) {
        return between(value, before, sample, moment);
      }
      before = sample;
    }
    return value.applyAsDouble(before);
  }

  private static double between(
      ToDoubleFunction<Sample> value, Sample before, Sample after, Instant moment) {
    double span = Duration.between(before.at(), after.at()).toNanos();
    double share = span <= 0 ? 1 : Duration.between(before.at(), moment).toNanos() / span;
    double start = value.applyAsDouble(before);
    return start + Math.max(0, share) * (value.applyAsDouble(after) - start);
  }

  /** In bytes; of all samples, since a peak can be just before a phase's first. */
  long peakMemory() {
    return all.stream().mapToLong(Sample::clientPeak).max().orElse(0);
  }
}
