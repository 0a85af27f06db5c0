package dev.rekey.testbed;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * A message written by hand, field by field: the code generator of grpc-java can't be had through
 * Maven.
 */
final class ProtobufMessage {
  private ProtobufMessage() {}

  interface Fields {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  static byte[] of(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new IllegalStateException("memory can't fail", e);
    }
    return bytes.toByteArray();
  }
}
