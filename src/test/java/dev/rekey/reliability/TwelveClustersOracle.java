package dev.rekey.reliability;

import dev.rekey.app.simulated.Violations;
import dev.rekey.fleet.RetireVerdict;
import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Operation;
import dev.rekey.service.KeyReport;
import dev.rekey.service.ReportKeys;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.simulation.cluster.StorageOracle;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * W1, K2, K6, T1, T2 and P1 of clusters that share a key, by what lies in each etcd and in each
 * control plane's slots, and by evidence that is stored.
 */
final class TwelveClustersOracle {
  private final TwelveClusters world;
  private final Violations violations;
  private final Set<String> begun = new HashSet<>();
  private List<Object> seen = List.of();
  private List<KeyId> retired = List.of();

  TwelveClustersOracle(TwelveClusters world, Violations violations) {
    this.world = world;
    this.violations = violations;
  }

  void afterStep() {
    List<Object> now = world.clusters.keySet().stream().map(this::state).toList();
    if (!now.equals(seen)) {
      seen = now;
      world.clusters.keySet().forEach(this::look);
      askForVerdicts();
    }
  }

  private Object state(ClusterName name) {
    List<Operation> all = world.operations(name);
    long active = all.stream().filter(Operation::isActive).count();
    violations.check(active <= 1, "K6", "two operations are active on one cluster");
    return List.of(all.size(), active, world.planes.get(name).slots());
  }

  private void look(ClusterName name) {
    Set<String> held =
        world.planes.get(name).slots().stream()
            .map(StorageOracle::keyIdOf)
            .collect(Collectors.toSet());
    violations.check(
        world.clusters.get(name).oracle().secrets().stream()
            .allMatch(secret -> held.contains(StorageOracle.keyId(secret))),
        "K2",
        "a Secret lies under a key version that is in no slot");
    if (!name.equals(world.canary)) {
      world.operations(name).stream()
          .filter(operation -> begun.add(operation.id()))
          .forEach(operation -> mayBegin(operation.to()));
    }
  }

  /** W1: the canary has left its evidence, and in its etcd all lies under that version. */
  private void mayBegin(KeyId version) {
    boolean isTold =
        world.operations(world.canary).stream()
            .filter(operation -> version.equals(operation.to()))
            .anyMatch(one -> world.records.evidence(world.canary, one.id()).isPresent());
    StorageOracle etcd = world.clusters.get(world.canary).oracle();
    violations.check(
        isTold && etcd.under(version.url()) == etcd.count(),
        "W1",
        "a later wave begins before the one before it is proved");
  }

  /** T1: whoever followed the advice would take from no cluster what it needs. */
  private void askForVerdicts() {
    try {
      retired =
          new ReportKeys(world.unwatched, TwelveClusters.CONDUCT)
              .report().keys().stream()
                  .flatMap(key -> key.versions().stream())
                  .filter(version -> version.verdict() instanceof RetireVerdict.NotNeeded)
                  .map(KeyReport.Version::id)
                  .toList();
    } catch (OutsideFault noAnswer) {
      retired = List.of();
    }
    for (KeyId version : retired) {
      violations.check(
          world.clusters.keySet().stream().noneMatch(name -> needs(name, version)),
          "T1",
          "a key version is said not to be needed that a cluster needs");
    }
  }

  private boolean needs(ClusterName name, KeyId version) {
    return world.planes.get(name).slots().contains(version.url())
        || world.clusters.get(name).oracle().under(version.url()) > 0;
  }

  /** The versions that nobody is said to need. */
  List<KeyId> retired() {
    return retired;
  }

  /** T2: of the one that has stalled, and of those that wait for it. */
  void checkTold() {
    violations.check(
        world.signals.has("operation-stalled")
            && world.signals.has("rotation-not-begun", "held-by-wave"),
        "T2",
        "the canary has stalled, and nobody is told, or not that the others wait");
  }

  boolean areAllProved() {
    return world.clusters.keySet().stream().allMatch(this::isProved);
  }

  private boolean isProved(ClusterName name) {
    KeyId newest = world.versions.get(world.versions.size() - 1);
    StorageOracle etcd = world.clusters.get(name).oracle();
    return world.arm.keyIdShown(name).equals(newest.url())
        && etcd.under(newest.url()) == etcd.count()
        && isProvedOn(name, newest)
        && world.records.active(name).isEmpty();
  }

  private boolean isProvedOn(ClusterName name, KeyId version) {
    return world
        .ledger(name)
        .map(Ledger::proved)
        .map(ProvedOn::key)
        .filter(version::equals)
        .isPresent();
  }

  void atTheEnd() {
    world.clusters.keySet().stream()
        .filter(name -> !isProved(name))
        .forEach(name -> violations.add("P1", name + " isn't proved on the newest version"));
  }
}
