package dev.rekey.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlotsTest {
  @Test
  void aThirdKeyVersionDropsTheFirst() {
    assertThat(Slots.of("v1").withKey("v2").withKey("v3")).isEqualTo(Slots.of("v3", "v2"));
  }

  @Test
  void theSameKeyVersionAgainChangesNothing() {
    assertThat(Slots.of("v2", "v1").withKey("v2")).isEqualTo(Slots.of("v2", "v1"));
  }

  @Test
  void thePreviousKeyVersionAgainSwapsTheSlots() {
    assertThat(Slots.of("v2", "v1").withKey("v1")).isEqualTo(Slots.of("v1", "v2"));
  }

  @Test
  void turnedOffTheKeysStillRead() {
    assertThat(Slots.of("v2", "v1").withPlain().keyUrls()).containsExactly("v2", "v1");
  }
}
