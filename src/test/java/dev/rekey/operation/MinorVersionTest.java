package dev.rekey.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MinorVersionTest {

  @Test
  void patchIsLeftOut_andWhatIsNoVersionIsNone() {
    assertThat(MinorVersion.of("1.26.15")).contains(new MinorVersion(1, 26));
    assertThat(MinorVersion.of("1.27")).contains(new MinorVersion(1, 27));
    assertThat(MinorVersion.of("")).isEmpty();
    assertThat(MinorVersion.of(null)).isEmpty();
    assertThat(MinorVersion.of("v1.26")).isEmpty();
    assertThat(MinorVersion.of("1.99999")).isEmpty();
    assertThat(MinorVersion.of("1.26.15-alpha")).isEmpty();
  }

  @Test
  void from127On_turningKmsOnGivesKmsV2() {
    assertThat(new MinorVersion(1, 26).hasKmsV2()).isFalse();
    assertThat(new MinorVersion(1, 27).hasKmsV2()).isTrue();
    assertThat(new MinorVersion(1, 100).hasKmsV2()).isTrue();
    assertThat(new MinorVersion(2, 0).hasKmsV2()).isTrue();
    assertThat(new MinorVersion(0, 99).hasKmsV2()).isFalse();
  }

  @Test
  void anUpgradeLeadsToTheNextMinorVersion() {
    assertThat(new MinorVersion(1, 26).next()).hasToString("1.27");
  }
}
