package dev.rekey.simulation.cluster.encryption;

import java.util.Arrays;

/**
 * A data key in the form in which it may lie beside what it seals. Two are equal if their bytes
 * are.
 */
final class WrappedKey {
  private final byte[] bytes;
  private final int hash;

  WrappedKey(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WrappedKey key && hash == key.hash && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
