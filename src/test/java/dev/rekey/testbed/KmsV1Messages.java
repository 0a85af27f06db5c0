package dev.rekey.testbed;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * The messages of {@code k8s.io/kms/apis/v1beta1/api.proto}. Requests begin with the version of the
 * API, which nobody needs here.
 */
final class KmsV1Messages {
  private KmsV1Messages() {}

  record VersionRequest() {}

  record VersionResponse(String version, String runtimeName, String runtimeVersion) {
    byte[] toBytes() {
      return ProtobufMessage.of(
          out -> {
            out.writeString(1, version);
            out.writeString(2, runtimeName);
            out.writeString(3, runtimeVersion);
          });
    }
  }

  record EncryptRequest(byte[] plain) {
    static EncryptRequest parse(CodedInputStream in) throws IOException {
      return new EncryptRequest(bytes(in));
    }
  }

  record EncryptResponse(byte[] cipher) {
    byte[] toBytes() {
      return ProtobufMessage.of(out -> out.writeByteArray(1, cipher));
    }
  }

  record DecryptRequest(byte[] cipher) {
    static DecryptRequest parse(CodedInputStream in) throws IOException {
      return new DecryptRequest(bytes(in));
    }
  }

  record DecryptResponse(byte[] plain) {
    byte[] toBytes() {
      return ProtobufMessage.of(out -> out.writeByteArray(1, plain));
    }
  }

  /** What is to be encrypted or decrypted is field 2 of either request. */
  private static byte[] bytes(CodedInputStream in) throws IOException {
    byte[] bytes = {};
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == 2) {
        bytes = in.readByteArray();
      } else {
        in.skipField(tag);
      }
    }
    return bytes;
  }
}
