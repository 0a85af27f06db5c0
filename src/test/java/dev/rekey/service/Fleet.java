package dev.rekey.service;

import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.key;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyEvent;
import dev.rekey.key.KeyEventType;
import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Ending;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.ShownKms;
import dev.rekey.service.port.Signals;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Several clusters on version 1 of one key that has a version 2, all known for long. */
final class Fleet {
  final World world = new World();

  /** Signals with what they tell. */
  final List<String> told = new ArrayList<>();

  Conduct conduct = Conduct.auto(Cloud.PUBLIC);
  final Ports ports;

  Fleet() {
    world.clusters.clusters.clear();
    ports =
        new Ports(
            world.ports.clusters(),
            world.ports.surroundings(),
            world.ports.vault(),
            world.ports.kubernetes(),
            world.ports.records(),
            world.ports.messages(),
            new Signals() {
              @Override
              public void count(String name, String reason) {
                told.add(name + " " + reason);
              }

              @Override
              public void tell(String name, String reason, String detail) {
                told.add(name + " " + reason + ": " + detail);
              }
            },
            world.ports.ids(),
            world.ports.time());
  }

  /** A cluster with tags, such as {@code "rekey-wave", "1"}. */
  Fleet with(String name, String... tags) {
    return shown(name, 1, KmsExperience.VERSIONED_KEY, tags).metOn(name, 1);
  }

  Fleet shown(String name, int version, KmsExperience experience, String... tags) {
    world.clusters.put(
        new ManagedCluster(
            new ClusterName(name),
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/"
                + name,
            experience,
            ShownKms.on(key(version).url()),
            "1.33.5",
            ETAG,
            "Succeeded",
            tags(tags)));
    return this;
  }

  private Fleet metOn(String name, int version) {
    world.records.begin(
        new ClusterName(name), Ledger.firstSeen(NOW.minus(Duration.ofDays(300)), key(version)));
    return this;
  }

  private static Map<String, String> tags(String... tags) {
    return tags.length == 0
        ? Map.of()
        : tags.length == 2 ? Map.of(tags[0], tags[1]) : Map.of(tags[0], tags[1], tags[2], tags[3]);
  }

  /** ARM shows a cluster on a version, as an operation has led it there. */
  void movesTo(String name, int version) {
    world.clusters.change(new ClusterName(name), key(version).url(), "Succeeded");
  }

  /** Its ledger says that everything was proved there. */
  void isProvedOn(String name, int version) {
    ClusterName cluster = new ClusterName(name);
    Stored<Ledger> stored = world.records.ledger(cluster).orElseThrow();
    Ledger proved =
        stored
            .value()
            .current(key(version), NOW, "o")
            .proved(new ProvedOn(key(version), ETAG, NOW, "o"));
    world.records.save(cluster, stored.with(proved));
  }

  void timer() {
    new Reconcile(ports, conduct, Map::of).run();
  }

  void event(int version) {
    KeyId about = key(version);
    new ReceiveKeyEvent(ports, conduct)
        .handle(new KeyEvent(KeyEventType.NEW_VERSION_CREATED, about, null, null));
  }

  Optional<Operation> active(String name) {
    return world.records.active(new ClusterName(name)).map(Stored::value);
  }

  /** The clusters with an operation under way, in the order of their names. */
  List<String> atWork() {
    return world.clusters.clusters.keySet().stream()
        .filter(name -> active(name).isPresent())
        .toList();
  }

  /** The operation of a cluster ends, as if it had been carried out. */
  void ends(String name, Ending.Outcome outcome, Reason reason) {
    Stored<Operation> stored = world.records.active(new ClusterName(name)).orElseThrow();
    Operation operation = stored.value();
    Ending ending = new Ending(outcome, reason, null, null, world.time.instant());
    world.records.end(stored.with(operation.with(operation.progress().with(ending))));
  }

  /** The operation of a cluster is rotated to its end, and proved. */
  void completes(String name, int version) {
    movesTo(name, version);
    isProvedOn(name, version);
    ends(name, Ending.Outcome.COMPLETED, Reason.RECORDED);
  }

  ClusterReport report(String name) {
    return new ReportClusters(ports, conduct)
        .report().clusters().stream()
            .filter(one -> one.cluster().name().value().equals(name))
            .findFirst()
            .orElseThrow();
  }
}
