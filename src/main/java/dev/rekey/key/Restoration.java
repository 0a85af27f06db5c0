package dev.rekey.key;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What makes a key version usable again: it is enabled, and where it has expired its expiry is
 * moved forward.
 *
 * @param version which one
 * @param until the expiry that it is given; null to leave it as it is
 */
public record Restoration(KeyId version, @Nullable Instant until) {

  /** For a version whose follower doesn't expire: time enough to rotate twice a year. */
  public static final Duration LIFETIME = Duration.ofDays(365);

  private static final Set<KeyFitness> CURABLE =
      EnumSet.of(KeyFitness.DISABLED, KeyFitness.EXPIRED);

  /**
   * What a version needs; empty if it is usable, or can't be made so.
   *
   * @param follower the version that takes its place: no earlier one is needed longer than that
   */
  public static Optional<Restoration> of(KeyVersion version, KeyVersion follower, Instant now) {
    if (!CURABLE.contains(version.fitnessAt(now))) {
      return Optional.empty();
    }
    Instant expires = version.expires();
    boolean hasExpired = expires != null && !now.isBefore(expires);
    return Optional.of(new Restoration(version.id(), hasExpired ? until(follower, now) : null));
  }

  /** The command that does it by hand. */
  public String command() {
    String change = "az keyvault key set-attributes --id " + version + " --enabled true";
    return until == null ? change : change + " --expires " + until;
  }

  /** Whether a version that can't be used for this reason can be made usable. */
  public static boolean cures(KeyFitness fitness) {
    return CURABLE.contains(fitness);
  }

  private static Instant until(KeyVersion follower, Instant now) {
    Instant last = follower.expires();
    Instant until = last == null || !last.isAfter(now) ? now.plus(LIFETIME) : last;
    return until.truncatedTo(ChronoUnit.SECONDS); // as vaults do
  }
}
