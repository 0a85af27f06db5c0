package dev.rekey.simulation.cluster.encryption;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An encrypted value as it lies in etcd: the prefix {@code k8s:enc:kms:v2:<provider>:}, then KMS
 * v2's {@code EncryptedObject} in protobuf: 1 the sealed content, 2 the key id, 3 the wrapped data
 * key, 5 its kind.
 */
public final class Envelope {
  static final String PREFIX = "k8s:enc:kms:v2:";
  private static final byte[] PREFIX_BYTES = PREFIX.getBytes(StandardCharsets.US_ASCII);

  private final String provider;
  private final String keyId;
  private final WrappedKey wrappedKey;
  private final byte[] sealed;

  Envelope(String provider, String keyId, WrappedKey wrappedKey, byte[] sealed) {
    this.provider = provider;
    this.keyId = keyId;
    this.wrappedKey = wrappedKey;
    this.sealed = sealed;
  }

  /** The envelope that a stored value is; null if the value is plain. */
  public static @Nullable Envelope parse(byte[] value) {
    if (!startsWithPrefix(value)) {
      return null;
    }
    int colon = PREFIX_BYTES.length;
    while (value[colon] != ':') {
      colon++;
    }
    String provider = text(value, PREFIX_BYTES.length, colon - PREFIX_BYTES.length);
    ProtobufFields fields = new ProtobufFields(value, colon + 1);
    byte[] sealed = fields.bytes();
    byte[] keyId = fields.bytes();
    byte[] wrappedKey = fields.bytes();
    return new Envelope(provider, text(keyId, 0, keyId.length), new WrappedKey(wrappedKey), sealed);
  }

  byte[] toBytes() {
    byte[] prefix = (PREFIX + provider + ":").getBytes(StandardCharsets.US_ASCII);
    byte[] id = keyId.getBytes(StandardCharsets.US_ASCII);
    return new ProtobufWriter(prefix, sealed.length + id.length + wrappedKey.bytes().length)
        .bytes(1, sealed)
        .bytes(2, id)
        .bytes(3, wrappedKey.bytes())
        .number(5, 1)
        .toBytes();
  }

  public String provider() {
    return provider;
  }

  /** The plugin's {@code key_id} of the key version that wraps the data key. */
  public String keyId() {
    return keyId;
  }

  WrappedKey wrappedKey() {
    return wrappedKey;
  }

  byte[] sealed() {
    return sealed;
  }

  private static boolean startsWithPrefix(byte[] value) {
    int length = PREFIX_BYTES.length;
    return value.length > length && Arrays.equals(value, 0, length, PREFIX_BYTES, 0, length);
  }

  private static String text(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.US_ASCII);
  }
}
