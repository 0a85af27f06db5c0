package dev.rekey.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SortableIdsTest {
  private final SortableIds ids =
      new SortableIds(InstantSource.fixed(Instant.parse("2026-11-25T04:05:06Z")), new Random(1));

  @Test
  void first_isOfTheSecondItIsMadeIn() {
    assertThat(ids.next(null)).matches("20261125t040506-[0-9a-f]{6}");
  }

  @Test
  void anotherInTheSameSecond_sortsBehindIt() {
    assertThat(ids.next("20261125t040506-ffffff")).startsWith("20261125t040507-");
  }

  @Test
  void clockHasBeenSetBack_sortsBehindWhatWasMadeBefore() {
    assertThat(ids.next("20261125t235959-000000")).startsWith("20261126t000000-");
  }

  @Test
  void lastOneIsOlder_theClockCounts() {
    assertThat(ids.next("20261125t040505-ffffff")).startsWith("20261125t040506-");
  }

  @Test
  void lastOneHasAnotherForm_theClockCounts() {
    assertThat(ids.next("made-by-hand")).startsWith("20261125t040506-");
  }
}
