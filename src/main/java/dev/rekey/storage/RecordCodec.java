package dev.rekey.storage;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.InvalidKeyId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON text and back. Each text names its schema; another one than expected, and a
 * member that isn't known, are refused, never guessed. The same record gives the same text.
 */
final class RecordCodec {
  /** One for all: what it has learnt of the types takes longer than what it is asked for. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(OwnTypes.module())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS) // "3" is no 3
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .annotationIntrospector(
              AnnotationIntrospector.pair(new JacksonAnnotationIntrospector(), new NoNulls()))
          .visibility(
              PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE) // no isDone() and the like
          .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
          .visibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .build();

  /** For what an envelope holds: behind it comes the envelope's end. */
  private static final ObjectReader INNER =
      MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final RememberedTexts remembered;

  RecordCodec() {
    this(RememberedTexts.none());
  }

  /** For simulations, which read each text many times. */
  RecordCodec(RememberedTexts remembered) {
    this.remembered = remembered;
  }

  /** A record in an envelope that names its schema. */
  String write(String schema, Object value) {
    String text = "{\"schema\":\"" + schema + "\",\"value\":" + writeBare(value) + "}";
    remembered.add(text, value);
    return text;
  }

  /** A record that names its schema itself. */
  String writeBare(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException unexpected) {
      throw new IllegalStateException("a record that can't be written as JSON", unexpected);
    }
  }

  /** In one go: an operation's row is read several times for each of its turns. */
  <T> T read(String schema, String text, Class<T> type) {
    return remembered.orRead(text, type, () -> readAnew(schema, text, type));
  }

  private static <T> T readAnew(String schema, String text, Class<T> type) {
    try {
      return readOfNow(schema, text, type);
    } catch (IOException broken) {
      throw new UnreadableRow("schema " + schema, "a text that does not follow it");
    }
  }

  private static <T> T readOfNow(String schema, String text, Class<T> type) throws IOException {
    try (JsonParser parser = MAPPER.createParser(text)) {
      String stored = schema(parser);
      if (!schema.equals(stored)) {
        return upgraded(schema, stored, text, type);
      }
      if (!"value".equals(parser.nextFieldName()) || parser.nextToken() != JsonToken.START_OBJECT) {
        throw new UnreadableRow("schema " + schema, "no value");
      }
      T value = INNER.forType(type).readValue(parser);
      if (parser.nextToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        throw new UnreadableRow("schema " + schema, "a text that does not follow it");
      }
      return value;
    } catch (MismatchedInputException lacking) {
      if (Upgrades.from(schema).isEmpty()) {
        throw lacking;
      }
      return upgraded(schema, schema, text, type); // of before its schema had all its members
    }
  }

  private static @Nullable String schema(JsonParser parser) throws IOException {
    boolean named =
        parser.nextToken() == JsonToken.START_OBJECT && "schema".equals(parser.nextFieldName());
    return named ? parser.nextTextValue() : null;
  }

  /** A row of an earlier release; one of a later release, or of none, is refused. */
  private static <T> T upgraded(String schema, @Nullable String stored, String text, Class<T> type)
      throws IOException {
    Upgrades.Upgrade upgrade =
        Upgrades.from(String.valueOf(stored))
            .filter(known -> known.to().equals(schema))
            .orElseThrow(
                () ->
                    new UnreadableRow("schema " + schema, stored == null ? "none" : "another one"));
    JsonNode envelope = MAPPER.readTree(text);
    if (!(envelope.path("value") instanceof ObjectNode value) || envelope.size() != 2) {
      throw new UnreadableRow("schema " + schema, "a text that does not follow it");
    }
    try {
      return MAPPER.treeToValue(upgrade.change().apply(value), type);
    } catch (InvalidKeyId invalid) {
      throw new UnreadableRow("schema " + schema, "a text that does not follow it");
    }
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * A record that names its schema itself. What an earlier release could not yet say is empty: its
   * text stays as it was written, since hashes are of that.
   */
  <T> T readBare(String schema, String text, Class<T> type) {
    try {
      JsonNode value = MAPPER.readTree(text);
      checkNamed(schema, value);
      return MAPPER.treeToValue(Upgrades.withLaterMembers(schema, value), type);
    } catch (JsonProcessingException broken) {
      throw new UnreadableRow("schema " + schema, "a text that does not follow it");
    }
  }

  private static void checkNamed(String expected, JsonNode record) {
    JsonNode stored = record.path("schema");
    if (!stored.isTextual() || !stored.textValue().equals(expected)) {
      throw new UnreadableRow(
          "schema " + expected, stored.isMissingNode() ? "none" : "another one");
    }
  }
}
