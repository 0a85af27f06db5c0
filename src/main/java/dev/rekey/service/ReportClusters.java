package dev.rekey.service;

import dev.rekey.fleet.Counted;
import dev.rekey.fleet.ForeignKeys;
import dev.rekey.fleet.KeyInUse;
import dev.rekey.fleet.OpenAlerts;
import dev.rekey.fleet.Wave;
import dev.rekey.fleet.WaveRelease;
import dev.rekey.fleet.Whereabouts;
import dev.rekey.key.KeptKey;
import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.LedgerEntry;
import dev.rekey.key.PreviousSlot;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Start;
import dev.rekey.service.port.FoundClusters;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.service.port.Stored;
import dev.rekey.service.port.Vault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How every cluster in scope stands, those without KMS too. Changes nothing. */
public final class ReportClusters {
  private final Ports ports;
  private final Conduct conduct;

  public ReportClusters(Ports ports, Conduct conduct) {
    this.ports = ports;
    this.conduct = conduct;
  }

  /**
   * Looks at each. What can't be looked at is in the report too.
   *
   * @throws OutsideFault if storage gives no answer
   */
  public FleetReport report() {
    FoundClusters found = ports.clusters().find();
    Look look = new Look(found);
    return new FleetReport(
        found.clusters().stream().map(look::report).toList(),
        found.missing().stream().map(fault -> String.valueOf(fault.getMessage())).toList());
  }

  /**
   * One cluster, and how it came to be as it is; empty if no cluster in scope has this name.
   *
   * @throws OutsideFault if ARM or storage gives no answer
   */
  public Optional<ClusterDetail> one(ClusterName name) {
    try {
      ManagedCluster cluster = ports.clusters().read(name);
      return Optional.of(new Look(ports.clusters().find()).detail(cluster));
    } catch (OutsideFault fault) {
      boolean isUnknown =
          fault.system() == OutsideSystem.ARM && fault.kind() == OutsideFault.Kind.NOT_FOUND;
      if (isUnknown) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  /** One look at all clusters, in which each vault is asked once for a key. */
  private final class Look {
    private final Vault vault = new VaultSeenOnce(ports.vault());
    private final FleetLook fleet;

    Look(FoundClusters found) {
      fleet = FleetLook.only(ports.with(vault), conduct, found);
    }

    ClusterDetail detail(ManagedCluster cluster) {
      Ledger ledger = fleet.ledger(cluster);
      Map<String, Counted> proofs = new HashMap<>();
      new ReadCounts(ports.records())
          .withProofs(cluster.name(), ledger)
          .forEach(count -> proofs.put(count.operationId(), count));
      return new ClusterDetail(
          report(cluster), ledger.periods(), proofs, whereabouts(cluster, ledger).orElse(null));
    }

    private Optional<WhereaboutsReport> whereabouts(ManagedCluster cluster, Ledger ledger) {
      List<Operation> all = ports.records().operations(cluster.name());
      return Whereabouts.last(all)
          .map(
              last ->
                  WhereaboutsReport.of(
                      last,
                      Whereabouts.underOneKeySince(all).orElse(null),
                      ForeignKeys.in(all, cluster, ledger).orElse(null),
                      versions(cluster, ledger)));
    }

    /** All that a hash may stand for. */
    private List<KeyId> versions(ManagedCluster cluster, Ledger ledger) {
      List<KeyId> all = new ArrayList<>(ledger.entries().stream().map(LedgerEntry::key).toList());
      fleet.look(cluster).versions().forEach(version -> all.add(version.id()));
      if (cluster.experience() == KmsExperience.PLATFORM_MANAGED) {
        all.addAll(new KeyWithoutVersion(ports).versions(cluster));
      }
      return all;
    }

    ClusterReport report(ManagedCluster cluster) {
      try {
        return looked(cluster);
      } catch (OutsideFault fault) {
        return notLookedAt(cluster, fault.token());
      } catch (RuntimeException ofAnotherRelease) { // one record must not hide all other clusters
        String kind = ofAnotherRelease.getClass().getSimpleName();
        ports.signals().count("cluster-not-looked-at", kind);
        return notLookedAt(cluster, "records-unreadable");
      }
    }

    private ClusterReport looked(ManagedCluster cluster) {
      Ledger ledger = fleet.ledger(cluster);
      ClusterLook look = fleet.look(cluster);
      Operation active = ports.records().active(cluster.name()).map(Stored::value).orElse(null);
      Hold hold = active == null ? hold(look) : null;
      return new ClusterReport(
          cluster,
          conduct.mode().with(cluster.tags()),
          active == null ? standing(look, hold) : "operation-active",
          KnowCluster.newest(look.start()),
          active,
          watched().of(cluster, ledger).orElse(null),
          ledger.proved(),
          slots(cluster, ledger, active),
          new ReadCounts(ports.records()).last(cluster.name()).orElse(null),
          hold,
          released(cluster, look),
          ports.records().alerts(cluster.name()).map(Stored::value).orElse(OpenAlerts.NONE));
    }

    /** A rotation that is due and doesn't begin by itself says why. */
    private @Nullable Hold hold(ClusterLook look) {
      return look.start() instanceof Start.Rotate rotate
          ? new HoldBack(ports, conduct, fleet).from(look, rotate).orElse(null)
          : null;
    }

    /** By whom the cluster's wave may go to the version that it would be rotated to. */
    private @Nullable WaveRelease released(ManagedCluster cluster, ClusterLook look) {
      return look.start() instanceof Start.Rotate rotate
          ? fleet
              .releases(rotate.to().key())
              .allowing(Wave.of(cluster.tags()), rotate.to())
              .orElse(null)
          : null;
    }

    private List<SlotReport> slots(
        ManagedCluster cluster, Ledger ledger, @Nullable Operation active) {
      KeyInUse inUse = KnowCluster.inUse(cluster, conduct.cloud());
      if (!inUse.isOn()) {
        return List.of();
      }
      PreviousSlot previous = inUse.previousSlot(ledger, active);
      return List.of(
          slot(
              "current",
              inUse.version(),
              inUse.version() == null ? PreviousSlot.Knowledge.KEY_NOT_NAMED : null),
          slot(
              "previous",
              previous.certain().orElse(null),
              previous.certain().isPresent() ? null : previous.knowledge()));
    }

    /** A vault that gives no answer leaves open how a version stands, and nothing else. */
    private SlotReport slot(
        String slot, @Nullable KeyId version, PreviousSlot.@Nullable Knowledge blank) {
      @Nullable KeptKey standing = null;
      if (version != null && Ledgers.parse(version.url(), conduct.cloud()).isPresent()) {
        try {
          standing = watched().inVault(version);
        } catch (OutsideFault silent) {
          standing = null;
        }
      }
      return new SlotReport(slot, version, blank, standing);
    }

    private WatchKeptKeys watched() {
      return new WatchKeptKeys(vault, ports.time(), conduct.cloud());
    }
  }

  private ClusterReport notLookedAt(ManagedCluster cluster, String why) {
    return ClusterReport.notLookedAt(cluster, conduct.mode().with(cluster.tags()), why);
  }

  /** In observe nothing ever begins; that it is due is what there is to know. */
  private static String standing(ClusterLook look, @Nullable Hold hold) {
    return hold == null || hold.reason().equals("observe-only") ? look.standing() : hold.reason();
  }
}
