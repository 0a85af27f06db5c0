package dev.rekey.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTagTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // tag | at | opens
        "Sat,Sun 02:00-06:00                 | 2026-03-06T12:00:00Z | 2026-03-07T02:00:00Z",
        "Sat,Sun 02:00-06:00                 | 2026-03-07T02:00:00Z | 2026-03-07T02:00:00Z",
        "Sat,Sun 02:00-06:00                 | 2026-03-07T05:59:59Z | 2026-03-07T05:59:59Z",
        "Sat,Sun 02:00-06:00                 | 2026-03-07T06:00:00Z | 2026-03-08T02:00:00Z",
        "Sat,Sun 02:00-06:00                 | 2026-03-08T06:00:00Z | 2026-03-14T02:00:00Z",
        "sat,SUN  02:00-06:00                | 2026-03-06T12:00:00Z | 2026-03-07T02:00:00Z",
        "Sat,Sun 02:00-06:00 UTC             | 2026-03-06T12:00:00Z | 2026-03-07T02:00:00Z",
        "Sat,Sun 02:00-06:00 +05:30          | 2026-03-06T12:00:00Z | 2026-03-06T20:30:00Z",
        "Sat,Sun 02:00-06:00 Europe/Berlin   | 2026-03-06T12:00:00Z | 2026-03-07T01:00:00Z",
        "Sat 02:00-06:00 Europe/Berlin       | 2026-06-05T12:00:00Z | 2026-06-06T00:00:00Z",
        "Fri 22:00-04:00                     | 2026-03-07T03:59:59Z | 2026-03-07T03:59:59Z",
        "Fri 22:00-04:00                     | 2026-03-07T04:00:00Z | 2026-03-13T22:00:00Z",
        "Mon-Thu 00:00-24:00                 | 2026-03-06T12:00:00Z | 2026-03-09T00:00:00Z",
        "Mon-Thu 00:00-24:00                 | 2026-03-12T23:59:59Z | 2026-03-12T23:59:59Z",
        "Fri-Mon 10:00-11:00                 | 2026-03-09T10:30:00Z | 2026-03-09T10:30:00Z",
        "Fri-Mon 10:00-11:00                 | 2026-03-09T11:00:00Z | 2026-03-13T10:00:00Z",
        "daily 03:00-04:00                   | 2026-03-06T12:00:00Z | 2026-03-07T03:00:00Z",
        "Mon 01:00-02:00; Sat 05:00-06:00    | 2026-03-06T12:00:00Z | 2026-03-07T05:00:00Z",
        "Mon 01:00-02:00;Sat 05:00-06:00     | 2026-03-08T12:00:00Z | 2026-03-09T01:00:00Z",
      })
  void windowOpens(String tag, Instant at, Instant opens) {
    Window window = WindowTag.parse(tag).orElseThrow();

    assertThat(window.openFrom(at)).contains(opens);
    assertThat(window.isOpen(at)).isEqualTo(opens.equals(at));
  }

  /** The clock goes from 02:00 to 03:00 that night. */
  @Test
  void hoursThatTheClockLeavesOut_areNone() {
    Window window = WindowTag.parse("Sun 02:00-03:00 Europe/Berlin").orElseThrow();

    assertThat(window.openFrom(Instant.parse("2026-03-28T12:00:00Z")))
        .contains(Instant.parse("2026-04-05T00:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ";",
        "always",
        "Sat",
        "Sat 02:00",
        "02:00-06:00",
        "Sat 2:00-6:00",
        "Sat 02:00-02:00",
        "Sat 24:00-02:00",
        "Sat 02:00-24:01",
        "Sat 02:60-03:00",
        "Sa 02:00-06:00",
        "Samstag 02:00-06:00",
        "Sat,,Sun 02:00-06:00",
        "Sat-Sun-Mon 02:00-06:00",
        "-Sun 02:00-06:00",
        "Sat 02:00-06:00 Berlin",
        "Sat 02:00-06:00 Europe/Nowhere",
        "Sat 02:00-06:00 +25:00",
        "Sat 02:00-06:00 UTC UTC",
        "Sat 02:00-06:00;",
        "Sat 02:00-06:00, Sun 02:00-06:00",
        "Sat 02:00–06:00"
      })
  void anotherForm_isNoWindow(String tag) {
    assertThat(WindowTag.parse(tag)).isEmpty();
  }

  @Test
  void longerThanATagCanBe_isNotLookedAt() {
    assertThat(WindowTag.parse("Sat 02:00-06:00" + "; Sat 02:00-06:00".repeat(15))).isEmpty();
  }

  @Test
  void tagIsFoundWhateverTheCaseOfItsName() {
    assertThat(WindowTag.in(Map.of("Rekey-Window", "daily 03:00-04:00")))
        .contains("daily 03:00-04:00");
    assertThat(WindowTag.in(Map.of("owner", "x"))).isEmpty();
  }
}
