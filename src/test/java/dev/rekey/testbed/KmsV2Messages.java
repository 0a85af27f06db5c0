package dev.rekey.testbed;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The messages of {@code k8s.io/kms/apis/v2/api.proto}. */
final class KmsV2Messages {
  private KmsV2Messages() {}

  record StatusRequest() {}

  record StatusResponse(String version, String healthz, String keyId) {
    byte[] toBytes() {
      return ProtobufMessage.of(
          out -> {
            out.writeString(1, version);
            out.writeString(2, healthz);
            out.writeString(3, keyId);
          });
    }
  }

  record EncryptRequest(byte[] plaintext) {
    static EncryptRequest parse(CodedInputStream in) throws IOException {
      byte[] plaintext = {};
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case 1 -> plaintext = in.readByteArray();
          default -> in.skipField(tag);
        }
      }
      return new EncryptRequest(plaintext);
    }
  }

  record EncryptResponse(byte[] ciphertext, String keyId, Map<String, String> annotations) {
    byte[] toBytes() {
      return ProtobufMessage.of(
          out -> {
            out.writeByteArray(1, ciphertext);
            out.writeString(2, keyId);
            for (Map.Entry<String, String> annotation : annotations.entrySet()) {
              out.writeByteArray(3, entry(annotation));
            }
          });
    }

    /** A protobuf map is a repeated message of key (1) and value (2). */
    private static byte[] entry(Map.Entry<String, String> annotation) {
      return ProtobufMessage.of(
          out -> {
            out.writeString(1, annotation.getKey());
            out.writeByteArray(2, annotation.getValue().getBytes(StandardCharsets.UTF_8));
          });
    }
  }

  record DecryptRequest(byte[] ciphertext, String keyId) {
    static DecryptRequest parse(CodedInputStream in) throws IOException {
      byte[] ciphertext = {};
      String keyId = "";
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case 1 -> ciphertext = in.readByteArray();
          case 3 -> keyId = in.readString();
          default -> in.skipField(tag);
        }
      }
      return new DecryptRequest(ciphertext, keyId);
    }
  }

  record DecryptResponse(byte[] plaintext) {
    byte[] toBytes() {
      return ProtobufMessage.of(out -> out.writeByteArray(1, plaintext));
    }
  }
}
