package dev.rekey.simulation.cluster.encryption;

import java.util.Arrays;

/**
 * Reads length-delimited protobuf fields one after another, in the order in which they were
 * written.
 */
final class ProtobufFields {
  private final byte[] source;
  private int position;

  ProtobufFields(byte[] source, int position) {
    this.source = source;
    this.position = position;
  }

  byte[] bytes() {
    position++; // the tag: fields are only ever written in ascending order
    int length = varint();
    position += length;
    return Arrays.copyOfRange(source, position - length, position);
  }

  private int varint() {
    int result = 0;
    int shift = 0;
    int part;
    do {
      part = source[position++];
      result |= (part & 0x7f) << shift;
      shift += 7;
    } while (part < 0);
    return result;
  }
}
