package dev.rekey.key;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a key needs a new version now, by what the vault itself says of it. An event that
 * announces an expiry is only a hint.
 */
public sealed interface Renewal {

  /** Make one. */
  record Due(KeyVersion expiring) implements Renewal {}

  /** Make none. */
  record NotDue(Cause cause) implements Renewal {}

  /** Why none is made. */
  enum Cause {
    VERSION_IN_USE_UNKNOWN("version-in-use-unknown"),
    VERSION_IN_USE_UNFIT("version-in-use-unfit"),
    NEWER_VERSION_EXISTS("newer-version-exists"),
    NEVER_EXPIRES("never-expires"),
    NOT_NEAR_EXPIRY("not-near-expiry"),
    VAULT_ROTATES_FIRST("vault-rotates-first");

    private final String token;

    Cause(String token) {
      this.token = token;
    }

    public String token() {
      return token;
    }
  }

  /** How long before its expiry Key Vault announces it, where the key's policy does not say. */
  Period NOTIFIED_BEFORE = Period.ofDays(30);

  /**
   * How long after its due time the vault's own rotation is still waited for. After that it has
   * failed, and a version that expires takes the cluster down.
   */
  Duration VAULT_MAY_TAKE = Duration.ofDays(1);

  /**
   * Decides, in this order.
   *
   * <ol>
   *   <li>Never for a version that the vault does not list.
   *   <li>Never where a newer one is there, fit or not: which one is wanted is a person's matter
   *       then.
   *   <li>Never for a version that can't be used: a disabled one was disabled by somebody, and AKS
   *       refuses to rotate away from an expired one.
   *   <li>Never before the notify window of the key's policy.
   *   <li>Never where the policy makes the vault rotate first.
   * </ol>
   *
   * @param inUse the newest version that a cluster uses
   * @param versions all versions of its key
   */
  static Renewal decide(
      KeyId inUse, List<KeyVersion> versions, RotationPolicy policy, Instant now) {
    Optional<KeyVersion> current =
        versions.stream().filter(version -> version.id().isSameAs(inUse)).findFirst();
    if (current.isEmpty()) {
      return new NotDue(Cause.VERSION_IN_USE_UNKNOWN);
    }
    KeyVersion version = current.get();
    if (versions.stream().anyMatch(other -> other.created().isAfter(version.created()))) {
      return new NotDue(Cause.NEWER_VERSION_EXISTS);
    }
    if (version.fitnessAt(now) != KeyFitness.FIT) {
      return new NotDue(Cause.VERSION_IN_USE_UNFIT);
    }
    Instant expires = version.expires();
    if (expires == null) {
      return new NotDue(Cause.NEVER_EXPIRES);
    }
    if (now.isBefore(earlier(expires, notifiedBefore(policy)))) {
      return new NotDue(Cause.NOT_NEAR_EXPIRY);
    }
    return vaultRotates(version, expires, policy, now)
        ? new NotDue(Cause.VAULT_ROTATES_FIRST)
        : new Due(version);
  }

  private static Period notifiedBefore(RotationPolicy policy) {
    Period asked = policy.notifyBeforeExpiry();
    return asked == null ? NOTIFIED_BEFORE : asked;
  }

  private static boolean vaultRotates(
      KeyVersion version, Instant expires, RotationPolicy policy, Instant now) {
    Period after = policy.rotateAfterCreation();
    Period before = policy.rotateBeforeExpiry();
    return isAwaited(after == null ? null : later(version.created(), after), expires, now)
        || isAwaited(before == null ? null : earlier(expires, before), expires, now);
  }

  private static boolean isAwaited(@Nullable Instant due, Instant expires, Instant now) {
    return due != null && due.isBefore(expires) && now.isBefore(due.plus(VAULT_MAY_TAKE));
  }

  private static Instant earlier(Instant from, Period by) {
    return from.atZone(ZoneOffset.UTC).minus(by).toInstant();
  }

  private static Instant later(Instant from, Period by) {
    return from.atZone(ZoneOffset.UTC).plus(by).toInstant();
  }
}
