package dev.rekey.storage;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.rekey.key.Cloud;
import dev.rekey.key.InvalidKeyId;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KubernetesVersion;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON text and back. Each text names its schema; another one than expected, and a
 * member that isn't known, are refused, never guessed. The same record gives the same text.
 */
final class RecordCodec {
  /** One for all: what it has learnt of the types takes longer than what it is asked for. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(ownTypes())
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

  private final int most;
  private final Map<String, Object> remembered;

  RecordCodec() {
    this(0);
  }

  /**
   * @param most how many texts are remembered with what was written as them or read from them: the
   *     same text is the same record. For simulations, which read each many times
   */
  RecordCodec(int most) {
    this.most = most;
    this.remembered =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
            return size() > most;
          }
        };
  }

  /** A record in an envelope that names its schema. */
  String write(String schema, Object value) {
    String text = "{\"schema\":\"" + schema + "\",\"value\":" + writeBare(value) + "}";
    if (most > 0) {
      remember(text, value);
    }
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
    return most == 0 ? readAnew(schema, text, type) : recall(schema, text, type);
  }

  private <T> T recall(String schema, String text, Class<T> type) {
    Object known = known(text);
    if (known != null) {
      return type.cast(known);
    }
    T value = readAnew(schema, text, type);
    remember(text, value);
    return value;
  }

  private synchronized @Nullable Object known(String text) {
    return remembered.get(text);
  }

  private synchronized void remember(String text, Object value) {
    remembered.put(text, value);
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

  private static SimpleModule ownTypes() {
    SimpleModule module = new SimpleModule("rekey");
    text(module, Instant.class, Instant::toString, Instant::parse);
    text(module, KeyId.class, KeyId::url, RecordCodec::keyId);
    text(module, KeyIdHash.class, KeyIdHash::label, KeyIdHash::new);
    text(
        module,
        KubernetesVersion.class,
        KubernetesVersion::toString,
        version -> KubernetesVersion.of(version).orElseThrow());
    text(module, ClusterName.class, ClusterName::value, ClusterName::new);
    module.addKeySerializer(KeyIdHash.class, new KeyWriter());
    module.addKeyDeserializer(KeyIdHash.class, new KeyReader());
    return module;
  }

  private static <T> void text(
      SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
    module.addSerializer(type, new TextWriter<>(type, write));
    module.addDeserializer(type, new TextReader<>(type, read));
  }

  /** Which cloud a stored key id belongs to was checked before it was stored. */
  static KeyId keyId(String url) {
    Iterator<Cloud> clouds = List.of(Cloud.values()).iterator();
    while (true) {
      try {
        return KeyId.parse(url, clouds.next());
      } catch (InvalidKeyId otherCloud) {
        if (!clouds.hasNext()) {
          throw otherCloud;
        }
      }
    }
  }

  private static final class TextWriter<T> extends StdSerializer<T> {
    private static final long serialVersionUID = 1L;
    private final transient Function<T, String> write;

    TextWriter(Class<T> type, Function<T, String> write) {
      super(type);
      this.write = write;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(write.apply(value));
    }
  }

  private static final class TextReader<T> extends FromStringDeserializer<T> {
    private static final long serialVersionUID = 1L;
    private final transient Function<String, T> read;

    TextReader(Class<T> type, Function<String, T> read) {
      super(type);
      this.read = read;
    }

    @Override
    protected T _deserialize(String text, DeserializationContext context) {
      return read.apply(text);
    }
  }

  private static final class KeyWriter extends StdSerializer<KeyIdHash> {
    private static final long serialVersionUID = 1L;

    KeyWriter() {
      super(KeyIdHash.class);
    }

    @Override
    public void serialize(KeyIdHash hash, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeFieldName(hash.label());
    }
  }

  private static final class KeyReader extends KeyDeserializer {
    @Override
    public Object deserializeKey(String key, DeserializationContext context) {
      return new KeyIdHash(key);
    }
  }
}
