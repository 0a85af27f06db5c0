package dev.rekey.app.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rekey.fuzz.Canary;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Whatever lies in a queue of the function app, or is delivered to it. */
class QueueTextsFuzzTest {
  private final List<String> counted = new ArrayList<>();
  private final KeyEvents events =
      new KeyEvents(Cloud.PUBLIC, (name, reason) -> counted.add(name + " " + reason));

  @FuzzTest
  void anyMessage_isOursOrFailsTheCall(byte[] input) {
    try {
      QueueTexts.read(text(input));
    } catch (UnreadableMessage refused) {
      Canary.notIn(refused);
    }
  }

  @FuzzTest
  void anyEvents_areSortedAndComeBackOutOfTheQueue(byte[] input) {
    counted.clear();
    Events.assertComeBack(events, text(input));
    counted.forEach(Canary::notIn);
  }

  /** In a class of its own: see {@code KeyEventFuzzTest}. */
  private static final class Events {
    static void assertComeBack(KeyEvents events, String text) {
      for (KeyEvent event : events.sort(text).events()) {
        List<KeyEvent> again = events.sort(QueueTexts.of(event)).events();
        assertThat(again).extracting(KeyEvent::keyId).containsExactly(event.keyId());
      }
    }
  }

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }
}
