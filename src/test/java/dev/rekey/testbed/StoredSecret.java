package dev.rekey.testbed;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What etcd's raw value says about one Secret, without decrypting anything.
 *
 * @param prefix what the value begins with, up to the KMS provider's name and a colon, such as
 *     {@code k8s:enc:kms:v2:azurekmsprovider-01234567:}; empty when plain, {@link #UNKNOWN} when
 *     the value is neither plain nor of a KMS provider
 * @param keyId the key id that the plugin reported when the Secret was written; empty when plain,
 *     for KMS v1, which doesn't store one, and when what follows the prefix is damaged
 * @param modRevision etcd's revision of the last write
 */
public record StoredSecret(
    String namespace, String name, String prefix, String keyId, long modRevision) {
  /** Where a value was written in no way that a testbed's API server writes. */
  public static final String UNKNOWN = "unknown";

  private static final String PLAIN = "k8s\0";

  /** Both prefixes are of the same length, which is used below. */
  private static final String KMS_V1 = "k8s:enc:kms:v1:";

  private static final String KMS_V2 = "k8s:enc:kms:v2:";

  /** {@code EncryptedObject.keyID} of k8s.io/apiserver's kmsv2 {@code api.proto}. */
  private static final int KEY_ID_FIELD = 2;

  /** A provider's name can't be longer than this in a sane configuration. */
  private static final int LONGEST_PREFIX = 300;

  public static StoredSecret parse(StoredValue stored) {
    String[] path = stored.key().split("/");
    String namespace = path[path.length - 2];
    String name = path[path.length - 1];
    byte[] value = stored.value();
    String prefix = prefix(value);
    return new StoredSecret(namespace, name, prefix, keyId(value, prefix), stored.modRevision());
  }

  public boolean isPlain() {
    return prefix.isEmpty();
  }

  private static String prefix(byte[] value) {
    String start =
        new String(value, 0, Math.min(value.length, LONGEST_PREFIX), StandardCharsets.ISO_8859_1);
    if (start.startsWith(PLAIN)) {
      return "";
    }
    int end = start.indexOf(':', KMS_V2.length());
    boolean kms = start.startsWith(KMS_V1) || start.startsWith(KMS_V2);
    return kms && end > 0 ? start.substring(0, end + 1) : UNKNOWN;
  }

  private static String keyId(byte[] value, String prefix) {
    if (!prefix.startsWith(KMS_V2)) {
      return "";
    }
    try {
      return keyId(
          CodedInputStream.newInstance(value, prefix.length(), value.length - prefix.length()));
    } catch (IOException e) {
      return "";
    }
  }

  private static String keyId(CodedInputStream encryptedObject) throws IOException {
    String keyId = "";
    for (int tag = encryptedObject.readTag(); tag != 0; tag = encryptedObject.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == KEY_ID_FIELD) {
        keyId = encryptedObject.readString();
      } else {
        encryptedObject.skipField(tag);
      }
    }
    return keyId;
  }
}
