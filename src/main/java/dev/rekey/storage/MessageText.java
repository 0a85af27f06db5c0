package dev.rekey.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.Message;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A message as it lies in a queue: JSON with a schema version, a kind and ids, for example {@code
 * {"schema":"rekey.dev/message/v1","kind":"advance","cluster":"prod-1a2b3c4d","operation":"20260101t120000-1a2b3c","turn":3}}.
 *
 * <p>Anyone who may write to the queue may have written it, so it is read strictly: another schema,
 * another member, or a value of another form is no message. No member is called as one of the
 * Functions host's own ({@code id}, {@code dequeueCount}, …), which would hide it.
 */
public final class MessageText {
  private static final String SCHEMA = "rekey.dev/message/v1";
  private static final String ANY_SCHEMA = "rekey.dev/message/";
  private static final int MOST_CHARACTERS = 2_000;

  /** Row keys have six digits for a shard's number. */
  private static final int MOST_SHARDS = 1_000_000;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(1).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private MessageText() {}

  /**
   * The text of a message.
   *
   * @throws IllegalArgumentException if it could not be read back
   */
  public static String write(Message message) {
    String text = json(message);
    try {
      read(text);
      return text;
    } catch (UnreadableMessage ours) {
      throw new IllegalArgumentException(
          "a message names its operation, pass, shard or turn in another form", ours);
    }
  }

  private static String json(Message message) {
    ObjectNode json = JSON.createObjectNode().put("schema", SCHEMA);
    if (message instanceof Message.Advance advance) {
      json.put("kind", "advance").put("cluster", advance.cluster().value());
      json.put("operation", advance.operationId()).put("turn", advance.turn());
    } else if (message instanceof Message.WorkShard work) {
      json.put("kind", "work-shard").put("cluster", work.cluster().value());
      json.put("operation", work.operationId()).put("pass", work.passId());
      json.put("shard", work.shard());
    } else {
      throw new IllegalStateException("no text for a " + message.getClass().getSimpleName());
    }
    return json.toString();
  }

  /**
   * Reads a message.
   *
   * @throws UnreadableMessage if it is none; its message quotes nothing of the text
   */
  public static Message read(String text) {
    JsonNode json = parse(text);
    if (!json.isObject()) {
      throw new UnreadableMessage(UnreadableMessage.Cause.NOT_JSON);
    }
    checkSchema(text(json, "schema"));
    return switch (text(json, "kind")) {
      case "advance" -> advance(json);
      case "work-shard" -> workShard(json);
      default -> throw new UnreadableMessage(UnreadableMessage.Cause.OTHER_KIND);
    };
  }

  private static void checkSchema(String schema) {
    if (!schema.startsWith(ANY_SCHEMA)) {
      throw new UnreadableMessage(UnreadableMessage.Cause.FOREIGN);
    }
    if (!schema.equals(SCHEMA)) {
      throw new UnreadableMessage(UnreadableMessage.Cause.OTHER_SCHEMA);
    }
  }

  /** Empty if it is missing or isn't text: a number must not pass for a name. */
  private static String text(JsonNode json, String name) {
    String value = json.path(name).textValue();
    return value == null ? "" : value;
  }

  private static JsonNode parse(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new UnreadableMessage(UnreadableMessage.Cause.TOO_LARGE);
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new UnreadableMessage(UnreadableMessage.Cause.NOT_JSON); // without the text it quotes
    }
  }

  private static Message advance(JsonNode json) {
    checkMembers(json, Set.of("schema", "kind", "cluster", "operation", "turn"));
    return new Message.Advance(
        cluster(json), id(json, "operation"), number(json, "turn", Integer.MAX_VALUE));
  }

  private static Message workShard(JsonNode json) {
    checkMembers(json, Set.of("schema", "kind", "cluster", "operation", "pass", "shard"));
    return new Message.WorkShard(
        cluster(json),
        id(json, "operation"),
        id(json, "pass"),
        number(json, "shard", MOST_SHARDS - 1));
  }

  private static void checkMembers(JsonNode json, Set<String> expected) {
    Set<String> found = new TreeSet<>();
    json.fieldNames().forEachRemaining(found::add);
    if (!found.equals(expected)) {
      throw new UnreadableMessage(UnreadableMessage.Cause.OTHER_MEMBERS);
    }
  }

  private static ClusterName cluster(JsonNode json) {
    try {
      return new ClusterName(text(json, "cluster"));
    } catch (IllegalArgumentException otherForm) {
      throw new UnreadableMessage(UnreadableMessage.Cause.OTHER_FORM);
    }
  }

  private static String id(JsonNode json, String name) {
    String value = text(json, name);
    if (!ID.matcher(value).matches()) {
      throw new UnreadableMessage(UnreadableMessage.Cause.OTHER_FORM);
    }
    return value;
  }

  private static int number(JsonNode json, String name, int most) {
    JsonNode value = json.path(name);
    if (!value.isInt() || value.asInt() < 0 || value.asInt() > most) {
      throw new UnreadableMessage(UnreadableMessage.Cause.OTHER_FORM);
    }
    return value.asInt();
  }
}
