package dev.rekey.service;

import dev.rekey.fleet.KeyUser;
import dev.rekey.fleet.Wave;
import dev.rekey.fleet.WaveReleases;
import dev.rekey.fleet.Waves;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Mode;
import dev.rekey.service.port.FoundClusters;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Stored;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One look at all clusters in scope. What clusters share is asked for once, and only where it is
 * needed: the versions of a key by the first of its clusters, everything about waves only where a
 * rotation is due. Serves one run, on one thread.
 */
final class FleetLook {
  private final Ports ports;
  private final Conduct conduct;
  private final FoundClusters found;
  private final boolean begins;
  private final LookAtCluster lookAt;
  private final Map<String, List<KeyVersion>> versions = new HashMap<>();
  private final Map<String, OutsideFault> silent = new HashMap<>();
  private final Map<ClusterName, Ledger> ledgers = new HashMap<>();
  private final Map<String, Waves> waves = new HashMap<>();
  private final Map<String, WaveReleases> releases = new HashMap<>();
  private final ChangesUnderWay underWay;

  /** A look that begins the ledger of each cluster that it sees for the first time. */
  FleetLook(Ports ports, Conduct conduct, FoundClusters found) {
    this(ports, conduct, found, true);
  }

  private FleetLook(Ports ports, Conduct conduct, FoundClusters found, boolean begins) {
    this.ports = ports;
    this.conduct = conduct;
    this.found = found;
    this.begins = begins;
    this.lookAt = new LookAtCluster(this::versions, ports.time(), conduct.cloud());
    this.underWay = new ChangesUnderWay(ports.records(), conduct.mostOperations());
  }

  /**
   * A look that stores nothing: a cluster that was never seen before would propose what it finds.
   */
  static FleetLook only(Ports ports, Conduct conduct, FoundClusters found) {
    return new FleetLook(ports, conduct, found, false);
  }

  /**
   * Sees which version a cluster uses, and whether it should be rotated.
   *
   * @throws OutsideFault if its vault or storage gives no answer
   */
  ClusterLook look(ManagedCluster cluster) {
    return lookAt.look(cluster, ledger(cluster));
  }

  Ledger ledger(ManagedCluster cluster) {
    return ledgers.computeIfAbsent(cluster.name(), unseen -> read(cluster));
  }

  private Ledger read(ManagedCluster cluster) {
    Ledgers all = new Ledgers(ports.records());
    Instant now = ports.time().instant();
    return begins
        ? all.of(cluster.name(), used(cluster).orElse(null), now).value()
        : all.look(cluster.name(), null, now);
  }

  /** The clusters of the same key, as far as they have come with a version of it. */
  Waves waves(ClusterLook look, KeyId target) {
    return waves.computeIfAbsent(
        target.url().toLowerCase(Locale.ROOT), unseen -> wavesTo(target, look.versions()));
  }

  private Waves wavesTo(KeyId target, List<KeyVersion> all) {
    KeyVersion version =
        all.stream().filter(each -> each.id().isSameAs(target)).findFirst().orElseThrow();
    List<KeyUser> users =
        found.clusters().stream()
            .flatMap(
                cluster ->
                    used(cluster).filter(target::isVersionOfSameKey).stream()
                        .map(current -> user(cluster, current, version, all)))
            .toList();
    return new Waves(users, found.isComplete());
  }

  private KeyUser user(
      ManagedCluster cluster, KeyId current, KeyVersion target, List<KeyVersion> all) {
    Mode mode = conduct.mode().with(cluster.tags());
    try {
      return KeyUser.of(cluster, mode, ledger(cluster), current, target, all);
    } catch (OutsideFault silent) {
      throw silent;
    } catch (RuntimeException unreadable) {
      // A ledger of another release keeps others waiting, and no others from being looked at.
      return new KeyUser(cluster.name(), Wave.of(cluster.tags()), KeyUser.Standing.UNPROVED);
    }
  }

  /** What persons have released of the waves of a key. */
  WaveReleases releases(VaultKey key) {
    return releases.computeIfAbsent(
        fold(key),
        unseen -> ports.records().waveReleases(key).map(Stored::value).orElse(WaveReleases.NONE));
  }

  /** How many operations are under way, of which whoever begins another here tells it. */
  ChangesUnderWay underWay() {
    return underWay;
  }

  private Optional<KeyId> used(ManagedCluster cluster) {
    return Ledgers.parse(cluster.keyId(), conduct.cloud());
  }

  /** A vault that is silent for one cluster isn't asked again for each other. */
  private List<KeyVersion> versions(VaultKey key) {
    OutsideFault before = silent.get(fold(key));
    if (before != null) {
      throw before;
    }
    try {
      return versions.computeIfAbsent(fold(key), unseen -> ports.vault().versions(key));
    } catch (OutsideFault fault) {
      silent.put(fold(key), fault);
      throw fault;
    }
  }

  private static String fold(VaultKey key) {
    return key.toString().toLowerCase(Locale.ROOT);
  }
}
