package dev.rekey.fleet;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A cluster that uses a key, and how far it has come with a version that others wait to be rotated
 * to.
 */
public record KeyUser(ClusterName cluster, Wave wave, Standing standing) {

  /** How it stands with the version. */
  public enum Standing {
    /** Every Secret was proved to lie under it, or under a newer one. */
    PROVED("proved", false),
    /** It is on an older version still. */
    BEHIND("behind", true),
    /** It is on the version, or a newer one, and that isn't proved. */
    UNPROVED("unproved", true),
    /** Rekey changes nothing on it, whatever happens: it would hold others for ever. */
    OBSERVED("observe-only", false),
    /** Not on KMS v2 with a versioned key, so Rekey rotates it never. */
    NOT_ROTATED("kms-not-on-versioned-key", false),
    /** The version is from before Rekey first saw the cluster, and is proposed to a person only. */
    PROPOSED("version-from-before-first-meeting", false),
    /** Rekey has never seen it on another version than this one: there is nothing to rotate. */
    MET_ON_IT("met-on-this-version", false);

    private final String token;
    private final boolean holds;

    Standing(String token, boolean holds) {
      this.token = token;
      this.holds = holds;
    }

    public String token() {
      return token;
    }
  }

  /** Whether later waves wait for it. */
  public boolean holds() {
    return standing.holds;
  }

  /** Whether later waves go on though nothing is proved on it. */
  public boolean isPassedOver() {
    return !holds() && standing != Standing.PROVED;
  }

  /**
   * Sees how a cluster stands with a version of the key that it uses.
   *
   * @param current the version that ARM shows
   * @param versions all versions of the key
   */
  public static KeyUser of(
      ManagedCluster cluster,
      Mode mode,
      Ledger ledger,
      KeyId current,
      KeyVersion target,
      List<KeyVersion> versions) {
    Standing standing = new Comparison(versions, target).of(cluster, mode, ledger, current);
    return new KeyUser(cluster.name(), Wave.of(cluster.tags()), standing);
  }

  /** With the version that others wait for. */
  private record Comparison(List<KeyVersion> versions, KeyVersion target) {

    /**
     * The first that is so.
     *
     * <ol>
     *   <li>A cluster that Rekey never rotates, or never by itself, holds nobody: not for ever.
     *   <li>One on an older version, or on one that the vault doesn't have, holds the others.
     *   <li>One that is on the version is proved by its ledger alone. Never by what ARM shows.
     *   <li>One that was met on it, and never seen on another, has nothing to be rotated from.
     * </ol>
     */
    Standing of(ManagedCluster cluster, Mode mode, Ledger ledger, KeyId current) {
      if (cluster.experience() != KmsExperience.VERSIONED_KEY) {
        return Standing.NOT_ROTATED;
      }
      boolean isThere = isAsNew(current);
      if (isThere && isProved(ledger)) {
        return Standing.PROVED;
      }
      if (mode == Mode.OBSERVE) {
        return Standing.OBSERVED;
      }
      if (!isThere) {
        return target.created().isAfter(ledger.firstSeenAt()) ? Standing.BEHIND : Standing.PROPOSED;
      }
      boolean seenOnAnother =
          ledger.entries().stream().anyMatch(entry -> !entry.key().isSameAs(current));
      return seenOnAnother ? Standing.UNPROVED : Standing.MET_ON_IT;
    }

    private boolean isProved(Ledger ledger) {
      return Optional.ofNullable(ledger.proved())
          .map(ProvedOn::key)
          .filter(this::isAsNew)
          .isPresent();
    }

    private boolean isAsNew(KeyId key) {
      return versions.stream()
          .filter(version -> version.id().isSameAs(key))
          .map(KeyVersion::created)
          .anyMatch(this::isAsNew);
    }

    private boolean isAsNew(Instant created) {
      return !created.isBefore(target.created());
    }
  }
}
