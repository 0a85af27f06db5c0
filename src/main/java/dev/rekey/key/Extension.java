package dev.rekey.key;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What keeps the version in the previous slot from expiring there: its expiry is moved on, and
 * nothing else. What somebody has disabled stays disabled.
 *
 * @param version which one
 * @param until the expiry that it is given
 */
public record Extension(KeyId version, Instant until) {

  /**
   * What a version in the previous slot needs; empty if it isn't about to expire, or can't be used
   * now: that takes a person.
   *
   * @param versions all versions of its key
   * @param current the version in the current slot: until that expires the cluster must be rotated,
   *     and no longer than that is the other one needed
   */
  public static Optional<Extension> of(
      KeyId version, List<KeyVersion> versions, KeyId current, Instant now) {
    if (KeptKey.of(version, versions, now).state() != KeptKey.State.NEAR_EXPIRY) {
      return Optional.empty();
    }
    Instant enough = now.plus(Restoration.LIFETIME);
    Instant until =
        versions.stream()
            .filter(one -> one.id().isSameAs(current))
            .flatMap(one -> Optional.ofNullable(one.expires()).stream())
            .filter(enough::isBefore)
            .findFirst()
            .orElse(enough);
    return Optional.of(new Extension(version, until.truncatedTo(ChronoUnit.SECONDS)));
  }

  /** The command that does it by hand. */
  public String command() {
    return "az keyvault key set-attributes --id " + version + " --expires " + until;
  }
}
