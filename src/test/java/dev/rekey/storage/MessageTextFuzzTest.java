package dev.rekey.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rekey.fuzz.Canary;
import dev.rekey.service.port.Message;
import java.nio.charset.StandardCharsets;

class MessageTextFuzzTest {

  @FuzzTest
  void anyText_isAMessageThatComesBackOrRefused(byte[] input) {
    Message message;
    try {
      message = MessageText.read(new String(input, StandardCharsets.UTF_8));
    } catch (UnreadableMessage refused) {
      Canary.notIn(refused);
      return;
    }
    assertThat(MessageText.read(MessageText.write(message))).isEqualTo(message);
  }
}
