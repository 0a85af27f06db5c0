package dev.rekey.operation;

import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether a cluster should be rotated now, by a fresh look at vault, ARM and ledger: an event is
 * only a hint.
 */
public sealed interface Start {

  /** Rotate to the newest version that can be used. */
  record Rotate(KeyId from, KeyId to) implements Start {}

  /**
   * There is a newer version, but it was there before Rekey first saw the cluster: a person
   * decides.
   */
  record Propose(KeyId from, KeyId to) implements Start {}

  /** Nothing to do. */
  record Nothing(Idle idle) implements Start {}

  /** Why there is nothing to do. */
  enum Idle {
    KMS_NOT_ON_VERSIONED_KEY("kms-not-on-versioned-key"),
    CURRENT_VERSION_UNKNOWN("current-version-unknown"),
    ALREADY_ON_NEWEST("already-on-newest"),
    REFUSED_BEFORE("refused-before"),
    RETURNED_FROM("returned-from"),
    LED_TO_ANOTHER_KEY("led-to-another-key"),
    /** A person has cancelled the rotation to this version instead of approving it. */
    DECLINED("declined");

    private final String token;

    Idle(String token) {
      this.token = token;
    }

    public String token() {
      return token;
    }
  }

  /**
   * Decides. The target is the newest fit version of the cluster's own key made after the one in
   * use, whatever version an event named.
   *
   * @param from the cluster's {@code keyId}, read
   */
  static Start decide(
      ManagedCluster cluster, KeyId from, List<KeyVersion> versions, Ledger ledger, Instant now) {
    if (cluster.experience() != KmsExperience.VERSIONED_KEY) {
      return new Nothing(Idle.KMS_NOT_ON_VERSIONED_KEY);
    }
    Optional<KeyVersion> current =
        versions.stream().filter(version -> version.id().isSameAs(from)).findFirst();
    if (current.isEmpty()) {
      return new Nothing(Idle.CURRENT_VERSION_UNKNOWN);
    }
    Optional<KeyVersion> newest = newest(current.get(), versions, now);
    if (newest.isEmpty()) {
      return new Nothing(Idle.ALREADY_ON_NEWEST);
    }
    return newest.get().created().isAfter(ledger.firstSeenAt())
        ? new Rotate(from, newest.get().id())
        : new Propose(from, newest.get().id());
  }

  /** The newest version that can be used of those made after the one in use. */
  static Optional<KeyVersion> newest(KeyVersion current, List<KeyVersion> versions, Instant now) {
    return versions.stream()
        .filter(version -> version.id().isVersionOfSameKey(current.id()))
        .filter(version -> version.created().isAfter(current.created()))
        .filter(version -> version.fitnessAt(now) == KeyFitness.FIT)
        .max(Comparator.comparing(KeyVersion::created));
  }
}
