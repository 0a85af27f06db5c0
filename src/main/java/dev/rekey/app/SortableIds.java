package dev.rekey.app;

import dev.rekey.service.port.Ids;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Ids of the form {@code 20261124t081530-4f9a2c}: the second they were made in, and 24 random bits.
 * One that must sort behind another of the same second, or of a clock that ran ahead, takes the
 * second after that.
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
  public String next(@Nullable String last) {
    String now = SECOND.format(time.instant());
    Instant before = last == null ? null : secondOf(last);
    String after = before == null ? now : SECOND.format(before.plusSeconds(1));
    String second = now.compareTo(after) < 0 ? after : now;
    return second + String.format("-%06x", random.nextInt(1 << 24));
  }

  /** When an id says that it was made; null for one of another form. */
  private static @Nullable Instant secondOf(String id) {
    try {
      return SECOND.parse(id.substring(0, Math.max(0, id.indexOf('-'))), Instant::from);
    } catch (DateTimeException ofAnotherForm) {
      return null;
    }
  }
}
