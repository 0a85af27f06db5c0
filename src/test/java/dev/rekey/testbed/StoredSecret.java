package dev.rekey.testbed;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What etcd's raw value says about one Secret, without decrypting anything.
 *
 * @param provider the KMS provider's name in the encryption configuration; empty when plain, {@link
 *     #UNKNOWN} when the value is neither plain nor of a KMS provider
 * @param keyId the key id that the plugin reported when the Secret was written; empty when plain,
 *     for KMS v1, which doesn't store one, and when what follows the prefix is damaged
 * @param modRevision etcd's revision of the last write
 */
public record StoredSecret(
    String namespace, String name, String provider, String keyId, long modRevision) {
  /** The provider of a value that was written in no way that a testbed's API server writes. */
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
    String provider = provider(value);
    return new StoredSecret(
        namespace, name, provider, keyId(value, provider), stored.modRevision());
  }

  public boolean isPlain() {
    return provider.isEmpty();
  }

  private static String provider(byte[] value) {
    String start =
        new String(value, 0, Math.min(value.length, LONGEST_PREFIX), StandardCharsets.ISO_8859_1);
    if (start.startsWith(PLAIN)) {
      return "";
    }
    int end = start.indexOf(':', KMS_V2.length());
    boolean kms = start.startsWith(KMS_V1) || start.startsWith(KMS_V2);
    return kms && end > 0 ? start.substring(KMS_V2.length(), end) : UNKNOWN;
  }

  private static String keyId(byte[] value, String provider) {
    if (!startsWith(value, KMS_V2 + provider + ":")) {
      return "";
    }
    int prefix = KMS_V2.length() + provider.length() + 1;
    try {
      return keyId(CodedInputStream.newInstance(Arrays.copyOfRange(value, prefix, value.length)));
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

  private static boolean startsWith(byte[] value, String prefix) {
    byte[] expected = prefix.getBytes(StandardCharsets.ISO_8859_1);
    return value.length >= expected.length
        && Arrays.equals(value, 0, expected.length, expected, 0, expected.length);
  }
}
