package dev.rekey.service;

import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.DroppedVersions;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Route;
import dev.rekey.reencryption.Scrape;
import dev.rekey.service.RequestAnswer.Cause;
import dev.rekey.service.port.OutsideFault;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way to a key version that AKS has dropped, and from there to the newest: by the ledger, the
 * vault's older versions, and what API servers tell of those that they have loaded.
 */
final class WayToDropped {
  private final Ports ports;
  private final WantedChange wanted;
  private final KmsSettings now;

  /**
   * @param now the settings that ARM shows
   */
  WayToDropped(Ports ports, WantedChange wanted, KmsSettings now) {
    this.ports = ports;
    this.wanted = wanted;
    this.now = now;
  }

  FindRoute.Found find(ClusterName cluster, Ledger ledger) {
    KeyId inUse = now.key();
    if (inUse == null) {
      return FindRoute.Found.none(Cause.KMS_NOT_ON_VERSIONED_KEY);
    }
    List<KeyVersion> versions = ports.vault().versions(inUse.key());
    if (versions.stream().noneMatch(version -> version.id().isSameAs(inUse))) {
      return FindRoute.Found.none(Cause.CURRENT_VERSION_UNKNOWN);
    }
    KeyId named = wanted.targetKeyId();
    Optional<KeyId> missing =
        named == null
            ? new DroppedVersions(versions, inUse, ledger, scrape(cluster)).first()
            : Optional.of(named).filter(version -> !version.isSameAs(inUse));
    return missing
        .map(version -> through(version, newest(versions, inUse)))
        .orElse(FindRoute.Found.none(Cause.NO_VERSION_DROPPED));
  }

  private FindRoute.Found through(KeyId missing, KeyId newest) {
    return new WantedRoute(wanted, now)
        .rotated(missing)
        .map(there -> Route.of(now, there.stops().get(1), now.withKey(newest)))
        .map(FindRoute.Found::of)
        .orElse(FindRoute.Found.none(Cause.VAULT_ATTACHED));
  }

  /** The newest that can be used; the one in use if there is none, and the check says why. */
  private KeyId newest(List<KeyVersion> versions, KeyId inUse) {
    Instant at = ports.time().instant();
    Comparator<KeyVersion> byAge = Comparator.comparing(KeyVersion::created);
    return versions.stream()
        .filter(version -> version.fitnessAt(at) == KeyFitness.FIT)
        .max(byAge.thenComparing(version -> version.id().isSameAs(inUse)))
        .map(KeyVersion::id)
        .orElse(inUse);
  }

  /** Null if the API servers give no answer: that a version is missing may be why. */
  private @Nullable Scrape scrape(ClusterName cluster) {
    try (Connection connection = new Connection(ports.kubernetes(), cluster)) {
      return new ReadReplicas(ports.time()).read(connection.apiServers());
    } catch (OutsideFault fault) {
      return null;
    }
  }
}
