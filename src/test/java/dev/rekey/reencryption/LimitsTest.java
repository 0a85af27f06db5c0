package dev.rekey.reencryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final Duration TIME = Duration.ofMinutes(4);

  @Test
  void oneOfEachIsTheLeast() {
    assertThat(new Limits(1, Pacing.FIXED, 1, 1, TIME).inFlight()).isEqualTo(1);
    assertThatThrownBy(() -> new Limits(0, Pacing.FIXED, 1, 1, TIME))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Limits(1, Pacing.FIXED, 0, 1, TIME))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Limits(1, Pacing.FIXED, 1, 0, TIME))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anotherNumber_keepsAllElse() {
    assertThat(Limits.FLEET.atMost(7)).isEqualTo(new Limits(7, Pacing.ADAPTIVE, 4, 1000, TIME));
    assertThat(Limits.FLEET.fixed(7)).isEqualTo(new Limits(7, Pacing.FIXED, 4, 1000, TIME));
  }

  @Test
  void shares_addUpToTheLimitAtMostAndAreNeverNone() {
    assertThat(Limits.FLEET.share(1)).isEqualTo(32);
    assertThat(Limits.FLEET.share(3)).isEqualTo(10);
    assertThat(Limits.FLEET.share(0)).isEqualTo(32);
    assertThat(Limits.FLEET.share(100)).isEqualTo(1);
  }

  @Test
  void pacing_decidesWhoHoldsTheNumber() {
    assertThat(Pacing.FIXED.pace(8).limit()).isEqualTo(8);
    assertThat(Pacing.ADAPTIVE.pace(8).limit()).isLessThan(8);
  }
}
