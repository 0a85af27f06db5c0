package dev.rekey.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaveTest {

  @Test
  void tagNamesTheWaveWhateverItsCaseAndSpaces() {
    assertThat(Wave.of(Map.of("Rekey-Wave", " 12 "))).isEqualTo(Wave.of(12));
    assertThat(Wave.of(Map.of("rekey-wave", "0"))).isEqualTo(Wave.FIRST);
  }

  @Test
  void noTag_isTheFirstWave() {
    assertThat(Wave.of(Map.of("owner", "3"))).isEqualTo(Wave.FIRST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one", "-1", "1.5", "10000", "1 2", "0x1", "١"})
  void tagThatCanNotBeRead_isTheLastWaveAndSaysSo(String text) {
    Wave wave = Wave.of(Map.of("rekey-wave", text));

    assertThat(wave).isEqualTo(Wave.LAST);
    assertThat(Wave.of(9999).isBefore(wave)).isTrue();
    assertThat(wave).hasToString("the last wave, since its tag rekey-wave can't be read");
  }
}
