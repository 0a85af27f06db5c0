package dev.rekey.testbed;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which key versions an API server is configured with, as AKS does it: the current one, the
 * previous one, and whatever is older is dropped.
 *
 * @param keyUrls newest first; AKS never holds more than two, a test may
 * @param plainFirst whether KMS is off: Secrets are written plain, and the keys still read
 */
public record Slots(List<String> keyUrls, boolean plainFirst) {
  private static final int AKS_HOLDS = 2;

  public static final Slots NONE = new Slots(List.of(), true);

  /** KMS was never on: the API servers have no encryption configuration at all. */
  public static final Slots UNCONFIGURED = new Slots(List.of(), false);

  public Slots {
    keyUrls = List.copyOf(keyUrls);
  }

  /** KMS on, with exactly these key versions, newest first. */
  public static Slots of(String... keyUrls) {
    return new Slots(List.of(keyUrls), false);
  }

  boolean areConfigured() {
    return plainFirst || !keyUrls.isEmpty();
  }

  /** What an update to this key version makes of it. */
  public Slots withKey(String keyUrl) {
    Stream<String> others = keyUrls.stream().filter(other -> !other.equals(keyUrl));
    return new Slots(Stream.concat(Stream.of(keyUrl), others).limit(AKS_HOLDS).toList(), false);
  }

  /** What turning KMS off makes of it. */
  public Slots withPlain() {
    return new Slots(keyUrls, true);
  }
}
