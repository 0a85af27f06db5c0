package dev.rekey.service;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.LedgerEntry;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.DroppedVersions;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Route;
import dev.rekey.reencryption.Scrape;
import dev.rekey.service.RequestAnswer.Cause;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Stored;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way to a key version that AKS has dropped, and from there to the newest of the key that the
 * cluster is meant to use: by the ledger, the vaults' versions, and what API servers tell of those
 * that they have loaded.
 *
 * <p>Meant is the key that an operation of ours, a person who asked us, or a proof has led the
 * cluster to last. Whoever has written another one into the cluster's settings doesn't decide where
 * Secrets are led to. What a recovery has brought back is only on its way, so it is what that leads
 * to.
 */
final class WayToDropped {
  private final Ports ports;
  private final Cloud cloud;
  private final WantedChange wanted;
  private final KmsSettings now;

  /**
   * @param now the settings that ARM shows
   */
  WayToDropped(Ports ports, Cloud cloud, WantedChange wanted, KmsSettings now) {
    this.ports = ports;
    this.cloud = cloud;
    this.wanted = wanted;
    this.now = now;
  }

  FindRoute.Found find(ClusterName cluster, Ledger ledger) {
    KeyId inUse = now.key();
    if (inUse == null) {
      return FindRoute.Found.none(Cause.KMS_NOT_ON_VERSIONED_KEY);
    }
    KnownVersions known = new KnownVersions(ports.vault(), ports.vault().versions(inUse.key()));
    if (known.version(inUse).isEmpty()) {
      return FindRoute.Found.none(Cause.CURRENT_VERSION_UNKNOWN);
    }
    KeyId named = wanted.targetKeyId();
    Optional<KeyId> missing =
        named == null
            ? likeliest(cluster, ledger, known, inUse)
            : Optional.of(named).filter(version -> !version.isSameAs(inUse));
    return missing
        .map(version -> through(version, onwards(cluster, ledger, known, inUse)))
        .orElse(FindRoute.Found.none(Cause.NO_VERSION_DROPPED));
  }

  /**
   * Of the keys in vaults that are reached as the one in use is.
   *
   * @throws OutsideFault if none could be found, and a vault gave no answer
   */
  private Optional<KeyId> likeliest(
      ClusterName cluster, Ledger ledger, KnownVersions known, KeyId inUse) {
    ledger.versions().stream()
        .filter(version -> isOfThisCloud(version) && isReached(version.key()))
        .forEach(version -> known.ask(version.key()));
    Optional<KeyId> first =
        new DroppedVersions(known.all(), inUse, ledger, scrape(cluster)).first();
    return first.or(
        () -> {
          known.throwWhatIsMissing();
          return Optional.empty();
        });
  }

  /** The ledger may have been written by somebody: a token goes to vaults of this cloud alone. */
  private boolean isOfThisCloud(KeyId version) {
    return Ledgers.parse(version.url(), cloud).isPresent();
  }

  private boolean isReached(VaultKey key) {
    return isInVaultInUse(key)
        || now.access() == NetworkAccess.PUBLIC
        || wanted.vaultResourceId() != null;
  }

  private boolean isInVaultInUse(VaultKey key) {
    KeyId inUse = now.key();
    return inUse != null && inUse.key().vaultHost().equals(key.vaultHost());
  }

  private FindRoute.Found through(KeyId missing, KeyId last) {
    return new WantedRoute(wanted, now)
        .rotated(missing)
        .map(route -> route.stops().get(1))
        .map(there -> Route.of(now, there, settings(last, there)))
        .map(FindRoute.Found::of)
        .orElse(FindRoute.Found.none(Cause.VAULT_ATTACHED));
  }

  private KmsSettings settings(KeyId last, KmsSettings there) {
    if (isInVaultInUse(last.key())) {
      return now.withKey(last);
    }
    KeyId missing = Objects.requireNonNull(there.key(), "a version to bring back");
    return missing.key().vaultHost().equals(last.key().vaultHost())
        ? there.withKey(last)
        : KmsSettings.of(last);
  }

  /**
   * The newest version that can be used of the key that the cluster is meant to use; where there is
   * none, or its vault gives no answer, of the one in use. If there is none either, the one in use,
   * and the check says why.
   */
  private KeyId onwards(ClusterName cluster, Ledger ledger, KnownVersions known, KeyId inUse) {
    return goingOn(cluster, ledger, inUse)
        .or(ledger::ledTo)
        .map(KeyId::key)
        .filter(meant -> isInVaultInUse(meant) || now.access() == NetworkAccess.PUBLIC)
        .filter(meant -> isOfThisCloud(new KeyId(meant, inUse.version())))
        .flatMap(meant -> newest(known.ask(meant), inUse))
        .or(() -> newest(known.ask(inUse.key()), inUse))
        .orElse(inUse);
  }

  /** Where a recovery leads that has brought back what is in use: that is only on its way. */
  private Optional<KeyId> goingOn(ClusterName cluster, Ledger ledger, KeyId inUse) {
    return ledger.entries().stream()
        .filter(entry -> entry.key().isSameAs(inUse) && entry.slot() != LedgerEntry.Slot.PREVIOUS)
        .reduce((earlier, later) -> later)
        .map(LedgerEntry::operationId)
        .flatMap(id -> ports.records().operation(cluster, id))
        .map(Stored::value)
        .filter(operation -> operation.kind() == Kind.RECOVER_DROPPED_KEY)
        .map(Operation::route)
        .map(route -> route.stops().get(route.phases()).key());
  }

  private Optional<KeyId> newest(List<KeyVersion> versions, KeyId inUse) {
    Instant at = ports.time().instant();
    Comparator<KeyVersion> byAge = Comparator.comparing(KeyVersion::created);
    return versions.stream()
        .filter(version -> version.fitnessAt(at) == KeyFitness.FIT)
        .max(byAge.thenComparing(version -> version.id().isSameAs(inUse)))
        .map(KeyVersion::id);
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
