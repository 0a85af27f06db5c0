package dev.rekey.simulation.cluster.encryption;

import java.io.ByteArrayOutputStream;

/** Writes protobuf fields after a prefix. */
final class ProtobufWriter {
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;
  private static final int ROOM_FOR_TAGS = 32;

  private final ByteArrayOutputStream target;

  ProtobufWriter(byte[] prefix, int expected) {
    target = new ByteArrayOutputStream(prefix.length + expected + ROOM_FOR_TAGS);
    target.writeBytes(prefix);
  }

  ProtobufWriter bytes(int field, byte[] value) {
    target.write((field << 3) | LENGTH_DELIMITED);
    varint(value.length);
    target.writeBytes(value);
    return this;
  }

  ProtobufWriter number(int field, int value) {
    target.write((field << 3) | VARINT);
    varint(value);
    return this;
  }

  byte[] toBytes() {
    return target.toByteArray();
  }

  private void varint(int value) {
    int rest = value;
    while (rest > 0x7f) {
      target.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    target.write(rest);
  }
}
