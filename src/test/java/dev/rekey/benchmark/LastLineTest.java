package dev.rekey.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LastLineTest {
  @Test
  void resultAmongOtherLines_isFound() {
    String said = "12:00:00  check  ok\n{\"first\": 1}\n{\"at\": \"2026-11-24T12:00:00Z\"}\nbye\n";

    assertThat(LastLine.instant(LastLine.json(said), "at")).isEqualTo("2026-11-24T12:00:00Z");
  }

  @Test
  void noResult_whatWasSaidInsteadIsShown() {
    assertThatThrownBy(() -> LastLine.json("not authorised"))
        .hasMessageContaining("not authorised");
  }
}
