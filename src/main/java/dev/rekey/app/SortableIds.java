package dev.rekey.app;

import dev.rekey.service.port.Ids;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/**
 * Ids of the form {@code 20261124t081530-4f9a2c}: the second they were made in, and 24 random bits.
 */
public final class SortableIds implements Ids {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmss").withZone(ZoneOffset.UTC);

  private final InstantSource time;
  private final RandomGenerator random;

  public SortableIds(InstantSource time, RandomGenerator random) {
    this.time = time;
    this.random = random;
  }

  @Override
  public String next() {
    return SECOND.format(time.instant()) + String.format("-%06x", random.nextInt(1 << 24));
  }
}
