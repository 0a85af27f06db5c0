package dev.rekey.service;

import dev.rekey.fleet.Counted;
import dev.rekey.fleet.KeyInUse;
import dev.rekey.fleet.KnownCluster;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Start;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Stored;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts together what is known of a cluster. What can't be read is said, never left out. */
final class KnowCluster {
  private final Ports ports;
  private final Cloud cloud;

  KnowCluster(Ports ports, Cloud cloud) {
    this.ports = ports;
    this.cloud = cloud;
  }

  KnownCluster of(ManagedCluster cluster) {
    KeyInUse inUse = inUse(cluster, cloud);
    try {
      return read(cluster, inUse);
    } catch (OutsideFault fault) {
      return unread(cluster, inUse, String.valueOf(fault.getMessage()));
    } catch (RuntimeException ofAnotherRelease) { // its message may quote what is stored
      String kind = ofAnotherRelease.getClass().getSimpleName();
      ports.signals().count("cluster-not-looked-at", kind);
      return unread(cluster, inUse, "a record of it can't be read by this release");
    }
  }

  private static KnownCluster unread(ManagedCluster cluster, KeyInUse inUse, String why) {
    return new KnownCluster(cluster.name(), inUse, null, null, null, List.of(), why);
  }

  private KnownCluster read(ManagedCluster cluster, KeyInUse inUse) {
    Ledger ledger = ports.records().ledger(cluster.name()).map(Stored::value).orElse(null);
    Operation active = ports.records().active(cluster.name()).map(Stored::value).orElse(null);
    List<Counted> counts =
        ledger == null
            ? List.of()
            : new ReadCounts(ports.records()).withProofs(cluster.name(), ledger);
    return new KnownCluster(cluster.name(), inUse, ledger, active, target(cluster), counts, null);
  }

  /** What ARM shows of its key. */
  static KeyInUse inUse(ManagedCluster cluster, Cloud cloud) {
    if (!cluster.kms().enabled()) {
      return KeyInUse.OFF;
    }
    String shown = String.valueOf(cluster.keyId());
    Optional<KeyInUse> version = Ledgers.parse(shown, cloud).map(KeyInUse::of);
    return version
        .or(() -> Ledgers.parse(versionOf(shown), cloud).map(any -> KeyInUse.anyOf(any.key())))
        .orElse(KeyInUse.UNKNOWN);
  }

  /** A key without a version reads like one with any. */
  private static String versionOf(String key) {
    return (key.endsWith("/") ? key : key + "/") + "0";
  }

  /**
   * The version that it is to be rotated to, whoever is to begin that. Null where the vault gives
   * no answer: then there is nothing to be said of what it alone would list.
   */
  private @Nullable KeyId target(ManagedCluster cluster) {
    try {
      Ledger ledger =
          new Ledgers(ports.records()).look(cluster.name(), null, ports.time().instant());
      return newest(new LookAtCluster(ports, cloud).look(cluster, ledger).start());
    } catch (OutsideFault fault) {
      return null;
    }
  }

  /** The version that a decision leads to; null if it leads to none. */
  static @Nullable KeyId newest(Start start) {
    if (start instanceof Start.Rotate rotate) {
      return rotate.to();
    }
    return start instanceof Start.Propose propose ? propose.to() : null;
  }
}
