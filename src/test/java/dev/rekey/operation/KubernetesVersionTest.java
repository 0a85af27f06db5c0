package dev.rekey.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesVersionTest {

  @ParameterizedTest
  @ValueSource(strings = {"1.27.9", "1.27.0", "0.0.0", "9999.9999.9999"})
  void wholeVersion_isReadAndPrintedAsItCame(String text) {
    assertThat(KubernetesVersion.of(text).map(KubernetesVersion::toString)).contains(text);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "1",
        "1.27",
        "1.27.",
        "v1.27.9",
        "1.27.9-beta",
        " 1.27.9",
        "1.27.9\n",
        "1.027.9",
        "1.27.10000",
        "1.27.9.1",
        "-1.27.9",
        "1.27.x",
        "١.٢٧.٩"
      })
  void anythingElse_isNone(String text) {
    assertThat(KubernetesVersion.of(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1.27.9, 1.26.15, true",
    "1.27.9, 1.26, true",
    "1.27.9, 1.27.3, false",
    "1.27.9, 1.28.0, false",
    "1.27.9, 1.25.16, false",
    "2.27.9, 1.26.15, false",
    "1.27.9, unknown, false"
  })
  void onlyTheNextMinorVersion_isReachedInOneUpgrade(
      String version, String running, boolean reached) {
    assertThat(KubernetesVersion.of(version).orElseThrow().isNextAfter(running)).isEqualTo(reached);
  }

  @Test
  void patch_isNoPartOfTheMinorVersion() {
    assertThat(new KubernetesVersion(1, 27, 9).minorVersion()).isEqualTo(new MinorVersion(1, 27));
  }
}
