package dev.rekey.storage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
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
import java.util.List;
import java.util.function.Function;

/** How what isn't a plain record is written in a record: as one text. */
final class OwnTypes {
  private OwnTypes() {}

  static SimpleModule module() {
    SimpleModule module = new SimpleModule("rekey");
    text(module, Instant.class, Instant::toString, Instant::parse);
    text(module, KeyId.class, KeyId::url, OwnTypes::keyId);
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
