package dev.rekey.app.simulated;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a simulated world is about. */
public enum Scenario {
  /** A day after the cluster was first seen, somebody makes a new version of its key. */
  ROTATE,
  /**
   * The same, after somebody has moved the cluster by hand and left the Secrets under the version
   * before: an update at once would lose them.
   */
  ROTATE_STALE,
  /** The version in use is about to expire, and Rekey makes the next one. */
  RENEW,
  /** Somebody has moved the cluster to a new version by hand and left the Secrets as they were. */
  REENCRYPT,
  /** The Secrets are counted. */
  CENSUS,
  /** Another version of the key comes once the rotation to the one before is over. */
  ROTATE_AGAIN,
  /**
   * AKS encrypts the cluster's Secrets with keys of its own: an event, a version about to expire
   * and a person's wish must all leave it as it is.
   */
  OBSERVED_ONLY,
  /** Somebody has KMS turned on. */
  ENABLE,
  /** Somebody has KMS turned off. */
  DISABLE,
  /** Somebody has the vault closed, and the cluster reach it over a private endpoint. */
  CHANGE_VAULT_ACCESS,
  /**
   * A cluster is on KMS v1; somebody has it led to KMS v2, approves that, and upgrades Kubernetes
   * when the operation asks for it.
   */
  MIGRATE_TO_KMS_V2,
  /**
   * Somebody has moved the cluster by hand, left the Secrets under the version before, and disabled
   * that; another one asks for its recovery, and a third approves.
   */
  RECOVER_EXPIRED_KEY,
  /**
   * Somebody has moved the cluster twice by hand, and left under a dropped version the Secrets that
   * nobody has written since; another one has it brought back, and approves.
   */
  RECOVER_DROPPED_KEY,
  /** The API servers can't load the version of a rotation, and somebody leads the cluster back. */
  RETURN,
  /** Somebody who may write the cluster's body names a key there that no API server uses. */
  FORGED,
  /**
   * Somebody has the cluster led to another key of its vault, and from there to the key of another
   * vault, public or private.
   */
  ROTATE_ELSEWHERE,
  /**
   * Somebody moves the cluster by hand, and once more: when the first move has been dealt with, or
   * with an even seed while nobody looks.
   */
  CHANGED_BY_HAND_TWICE,
  /**
   * Rekey has rotated the cluster long ago, and the version in the previous slot is left to expire;
   * whoever is told moves its expiry on.
   */
  PREVIOUS_LEFT_TO_EXPIRE,
  /**
   * Rekey has rotated the cluster long ago, and somebody disables the version in the current slot,
   * later the one in the previous slot; whoever is told enables it again.
   */
  NEEDED_DISABLED,
  /** Somebody points the cluster at a key that it never used, of which a newer version comes. */
  POINTED_ELSEWHERE;

  public String token() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The scenario of this token; empty if there is none. */
  public static Optional<Scenario> ofToken(String token) {
    return Arrays.stream(values()).filter(each -> each.token().equals(token)).findFirst();
  }
}
