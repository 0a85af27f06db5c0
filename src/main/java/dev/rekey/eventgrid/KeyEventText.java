package dev.rekey.eventgrid;

import com.azure.core.models.CloudEvent;
import com.azure.core.models.CloudEventDataFormat;
import com.azure.core.util.BinaryData;
import dev.rekey.key.KeyEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * The text of a key event on its way to the queue: an envelope of CloudEvents 1.0 with what {@link
 * KeyEventParser} reads and nothing else. Whatever more the received event held, and whoever wrote
 * it, goes no further.
 */
public final class KeyEventText {
  private KeyEventText() {}

  /**
   * At most 2 KiB of JSON. Parsed again it is the same event, except that one without a readable id
   * gets a random one, which CloudEvents demands. The same event gives the same text otherwise.
   */
  public static String of(KeyEvent event) {
    CloudEvent envelope =
        new CloudEvent(
            event.keyId().key().toString(),
            event.type().eventGridName(),
            BinaryData.fromObject(Map.of("Id", event.keyId().url())),
            CloudEventDataFormat.JSON,
            null);
    if (event.eventId() != null) {
      envelope.setId(event.eventId());
    }
    // Always set: the client's own would be the time of this call, which nobody sent.
    Instant time = event.eventTime();
    envelope.setTime(time == null ? null : time.atOffset(ZoneOffset.UTC));
    return text(envelope);
  }

  private static String text(CloudEvent envelope) {
    try {
      return envelope.toJsonString();
    } catch (IOException unexpected) {
      throw new UncheckedIOException("an event that can't be written as JSON", unexpected);
    }
  }
}
