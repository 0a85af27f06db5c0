package dev.rekey.simulation.cluster.encryption;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An encrypted value as it lies in etcd: the prefix {@code k8s:enc:kms:v2:<provider>:}, then KMS
 * v2's {@code EncryptedObject} in protobuf: 1 the sealed content, 2 the key id, 3 the wrapped data
 * key, 5 its kind. Under KMS v1 the prefix is {@code k8s:enc:kms:v1:<provider>:}, and no key id
 * follows: the prefix stands for it here.
 */
public final class Envelope {
  static final String PREFIX = "k8s:enc:kms:v2:";
  static final String PREFIX_V1 = "k8s:enc:kms:v1:";
  private static final byte[] PREFIX_BYTES = PREFIX.getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PREFIX_V1_BYTES = PREFIX_V1.getBytes(StandardCharsets.US_ASCII);

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
    boolean v1 = startsWith(PREFIX_V1_BYTES, value);
    if (!v1 && !startsWith(PREFIX_BYTES, value)) {
      return null;
    }
    int colon = PREFIX_BYTES.length;
    while (value[colon] != ':') {
      colon++;
    }
    String provider = text(value, PREFIX_BYTES.length, colon - PREFIX_BYTES.length);
    ProtobufFields fields = new ProtobufFields(value, colon + 1);
    byte[] sealed = fields.bytes();
    if (v1) {
      WrappedKey wrapped = new WrappedKey(fields.bytes());
      return new Envelope(provider, PREFIX_V1 + provider + ":", wrapped, sealed);
    }
    byte[] keyId = fields.bytes();
    byte[] wrappedKey = fields.bytes();
    return new Envelope(provider, text(keyId, 0, keyId.length), new WrappedKey(wrappedKey), sealed);
  }

  /** As it lies there under KMS v1. */
  byte[] toBytesOfV1() {
    byte[] prefix = keyId.getBytes(StandardCharsets.US_ASCII);
    return new ProtobufWriter(prefix, sealed.length + wrappedKey.bytes().length)
        .bytes(1, sealed)
        .bytes(3, wrappedKey.bytes())
        .toBytes();
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

  boolean isOfV1() {
    return keyId.startsWith(PREFIX_V1);
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

  private static boolean startsWith(byte[] prefix, byte[] value) {
    int length = prefix.length;
    return value.length > length && Arrays.equals(value, 0, length, prefix, 0, length);
  }

  private static String text(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.US_ASCII);
  }
}
