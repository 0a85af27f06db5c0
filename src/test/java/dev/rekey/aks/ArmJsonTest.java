package dev.rekey.aks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArmJsonTest {

  @Test
  void body_goesBackAsItCame() {
    String text =
        "{\"a\":1.50,\"b\":12345678901234567890,\"c\":null,\"d\":[],\"e\":{},\"f\":\"\u00e9\",\"g\":-1}";

    assertThat(
            new String(
                ArmJson.bytes(ArmJson.parse(bytes(text)).orElseThrow()), StandardCharsets.UTF_8))
        .isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{\"a\":1,\"a\":2}", "{} {}", "{\"a\":"})
  void whatCannotGoBackAsItCame_isRefused(String text) {
    assertThat(ArmJson.parse(bytes(text))).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Jackson throws a NumberFormatException there, which is none of its own. */
  @Test
  void exponentBeyondAnyNumber_isNoJson() {
    byte[] body = "{\"a\":1e9000000100}".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    assertThat(ArmJson.parse(body)).isEmpty();
  }
}
