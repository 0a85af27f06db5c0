package dev.rekey.eventgrid;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rekey.fuzz.Canary;
import dev.rekey.key.Cloud;
import dev.rekey.key.IgnoredEvent;
import dev.rekey.key.KeyEvent;
import dev.rekey.key.ReceivedEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;

class KeyEventFuzzTest {
  private final KeyEventParser parser = new KeyEventParser(Cloud.PUBLIC);

  @FuzzTest
  void anyText_isEventsOrIgnoredWithAReason(byte[] input) {
    List<ReceivedEvent> events = parser.parse(new String(input, StandardCharsets.UTF_8));

    assertThat(events).isNotEmpty();
    for (ReceivedEvent received : events) {
      if (received instanceof KeyEvent event) {
        Written.assertComesBack(parser, event);
      } else if (received instanceof IgnoredEvent ignored) {
        Canary.notIn(ignored.reason().token());
      }
    }
  }

  /**
   * What goes into the queue is read out of it again. In a class of its own: JDK 17 loses the
   * fields of a record with annotated components that was loaded before Jazzer comes to change it.
   */
  private static final class Written {
    static void assertComesBack(KeyEventParser parser, KeyEvent event) {
      String text = KeyEventText.of(event);
      KeyEvent again = (KeyEvent) parser.parse(text).get(0);

      Canary.notIn(text);
      assertThat(text).hasSizeLessThan(2048);
      assertThat(again.keyId()).isEqualTo(event.keyId());
      assertThat(again.type()).isEqualTo(event.type());
      assertThat(again.eventTime()).isEqualTo(event.eventTime());
      if (event.eventId() != null) {
        assertThat(again.eventId()).isEqualTo(event.eventId());
      }
    }
  }
}
