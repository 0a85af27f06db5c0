package dev.rekey.eventgrid;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rekey.key.Cloud;
import dev.rekey.key.IgnoredEvent;
import dev.rekey.key.IgnoredReason;
import dev.rekey.key.InvalidKeyId;
import dev.rekey.key.KeyEvent;
import dev.rekey.key.KeyEventType;
import dev.rekey.key.KeyId;
import dev.rekey.key.ReceivedEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the events of Key Vault in either envelope, Event Grid's or that of CloudEvents 1.0, one or
 * an array of them.
 *
 * <p>The text comes from outside and anyone may have written it. It is never quoted, and nothing it
 * says is called: of the data only {@code Id} counts, and only in the plain form that {@link
 * KeyId#parse} takes.
 */
public final class KeyEventParser {

  /** Event Grid's own events are below 64 KiB; a queue message can't be larger either. */
  private static final int MAX_BYTES = 64 * 1024;

  /** Array, envelope, data, and some room for what Key Vault may add. */
  private static final int MAX_DEPTH = 10;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Cloud cloud;

  /**
   * A parser for one cloud.
   *
   * @param cloud whose vaults' hosts are accepted
   */
  public KeyEventParser(Cloud cloud) {
    this.cloud = cloud;
  }

  /**
   * The events in a text, in its order; a text that can't be read is one ignored event. Never
   * throws.
   */
  public List<ReceivedEvent> parse(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return List.of(ignored(IgnoredReason.TOO_LARGE));
    }
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException unreadable) {
      // The cause's message quotes the text, so the reason is all that goes on.
      return List.of(ignored(IgnoredReason.NOT_JSON));
    }
    if (root.isMissingNode()) {
      return List.of(ignored(IgnoredReason.NOT_JSON));
    }
    return root.isArray() && !root.isEmpty() ? events(root) : List.of(event(root));
  }

  private List<ReceivedEvent> events(JsonNode array) {
    List<ReceivedEvent> events = new ArrayList<>();
    array.forEach(element -> events.add(event(element)));
    return List.copyOf(events);
  }

  private ReceivedEvent event(JsonNode json) {
    Members envelope = new Members(json);
    Optional<String> typeName = envelope.text("eventType").or(() -> envelope.text("type"));
    if (typeName.isEmpty()) {
      return ignored(IgnoredReason.NOT_AN_EVENT);
    }
    Optional<KeyEventType> type = type(typeName.get());
    if (type.isEmpty()) {
      return ignored(IgnoredReason.OTHER_TYPE);
    }
    Members data = new Members(envelope.member("data"));
    if (data.isAmbiguous("Id")) {
      return ignored(IgnoredReason.MISLEADING_KEY_ID);
    }
    Optional<String> id = data.text("Id");
    return id.isPresent()
        ? keyEvent(type.get(), id.get(), envelope)
        : ignored(IgnoredReason.MISSING_KEY_ID);
  }

  private ReceivedEvent keyEvent(KeyEventType type, String id, Members envelope) {
    KeyId keyId;
    try {
      keyId = KeyId.parse(id, cloud);
    } catch (InvalidKeyId invalid) {
      return ignored(
          switch (invalid.problem()) {
            case FORM -> IgnoredReason.MISLEADING_KEY_ID;
            case FOREIGN_HOST -> IgnoredReason.FOREIGN_HOST;
          });
    }
    return new KeyEvent(
        type,
        keyId,
        EventFields.id(envelope).orElse(null),
        EventFields.time(envelope).orElse(null));
  }

  private static Optional<KeyEventType> type(String name) {
    for (KeyEventType type : KeyEventType.values()) {
      if (type.eventGridName().equalsIgnoreCase(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  private static IgnoredEvent ignored(IgnoredReason reason) {
    return new IgnoredEvent(reason);
  }
}
