package dev.rekey.simulation.azure;

import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Ids as Azure makes them, from a seed. */
final class Guids {
  private Guids() {}

  /** A random GUID in its usual form. */
  static String next(RandomGenerator random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  /** A key version's name: 32 hexadecimal digits. */
  static String nextVersion(RandomGenerator random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
