package dev.rekey.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the app's mode and a cluster's tag come to together. */
class ModeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # the tag         | auto    | approve | observe | readable
          auto              | auto    | approve | observe | true
          approve           | approve | approve | observe | true
          observe           | observe | observe | observe | true
          "  Approve "      | approve | approve | observe | true
          OBSERVE           | observe | observe | observe | true
          ""                | observe | observe | observe | false
          " "               | observe | observe | observe | false
          automatic         | observe | observe | observe | false
          off               | observe | observe | observe | false
          manual            | observe | observe | observe | false
          "auto,approve"    | observe | observe | observe | false
          auto!             | observe | observe | observe | false
          """)
  void tag_onlyAddsCaution(
      String tag, String inAuto, String inApprove, String inObserve, boolean readable) {
    Map<String, String> tags = Map.of("rekey-mode", tag);

    assertThat(Mode.AUTO.with(tags).token()).isEqualTo(inAuto);
    assertThat(Mode.APPROVE.with(tags).token()).isEqualTo(inApprove);
    assertThat(Mode.OBSERVE.with(tags).token()).isEqualTo(inObserve);
    assertThat(Mode.isReadable(tags)).isEqualTo(readable);
  }

  @ParameterizedTest
  @EnumSource
  void withoutTheTag_theModeStands(Mode mode) {
    assertThat(mode.with(Map.of())).isEqualTo(mode);
    assertThat(mode.with(Map.of("mode", "observe", "rekey-modes", "observe"))).isEqualTo(mode);
    assertThat(Mode.isReadable(Map.of("mode", "never"))).isTrue();
  }

  /** ARM ignores the case of tags' names. */
  @ParameterizedTest
  @EnumSource
  void tagInOtherLetters_isTheTag(Mode mode) {
    assertThat(mode.with(Map.of("Rekey-Mode", "observe"))).isEqualTo(Mode.OBSERVE);
    assertThat(mode.with(Map.of("REKEY-MODE", "never"))).isEqualTo(Mode.OBSERVE);
  }

  /** In whatever order a map has them. */
  @Test
  void tagTwiceInDifferentLetters_theMostCautiousStands() {
    Map<String, String> both = Map.of("rekey-mode", "approve", "Rekey-Mode", "auto");

    assertThat(Mode.AUTO.with(both)).isEqualTo(Mode.APPROVE);
    assertThat(Mode.AUTO.with(Map.of("rekey-mode", "auto", "Rekey-Mode", "observe")))
        .isEqualTo(Mode.OBSERVE);
  }
}
