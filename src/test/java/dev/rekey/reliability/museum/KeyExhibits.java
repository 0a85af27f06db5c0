package dev.rekey.reliability.museum;

import static dev.rekey.reliability.museum.ClusterExhibits.tampering;

import dev.rekey.app.simulated.Arrival;
import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.key.Cloud;
import dev.rekey.key.InvalidKeyId;
import dev.rekey.key.KeyEventType;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.preflight.ClusterSetup;
import dev.rekey.operation.preflight.ClusterSide;
import dev.rekey.service.Ports;
import dev.rekey.service.port.FoundClusters;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Records;
import dev.rekey.service.port.Stored;
import dev.rekey.simulation.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has gone wrong between such tools, the vault and Azure Resource Manager. */
final class KeyExhibits {
  private KeyExhibits() {}

  static List<Exhibit> all() {
    return List.of(
        rotatedTwice(),
        failedUpdateTakenAsUnchanged(),
        oldAnswerKept(),
        eventTakenAsTruth(),
        lateEventBelieved(),
        ownKeyTakenForACustomers(),
        unusableVersionTaken(),
        actingBeforeSaving());
  }

  private static Exhibit rotatedTwice() {
    return new Exhibit(
        "the key is rotated again before the Secrets are rewritten",
        "Azure/kubernetes-kms#291",
        "K2",
        tampering(KeyExhibits::alwaysProved),
        Sweep.calm(Scenario.ROTATE_STALE));
  }

  /** The ledger claims a proof on whatever ARM shows. */
  static Ports alwaysProved(Ports ports) {
    return Tamper.records(
            "ledger",
            (arguments, call) -> {
              @SuppressWarnings("unchecked")
              Optional<Stored<Ledger>> real = (Optional<Stored<Ledger>>) call.make();
              ManagedCluster cluster = ports.clusters().read((ClusterName) arguments[0]);
              return real.map(stored -> stored.with(claim(stored.value(), cluster, ports)));
            })
        .apply(ports);
  }

  private static Ledger claim(Ledger ledger, ManagedCluster cluster, Ports ports) {
    KeyId key = parse(cluster.keyId());
    return ledger.proved(new ProvedOn(key, cluster.etag(), ports.time().instant(), "claimed"));
  }

  static KeyId parse(String url) {
    try {
      return KeyId.parse(url, Cloud.PUBLIC);
    } catch (InvalidKeyId impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Exhibit failedUpdateTakenAsUnchanged() {
    return new Exhibit(
        "an update whose answer never came is taken for one that did nothing",
        "az aks update that fails after the write key has moved",
        "P1",
        tampering(KeyExhibits::withStaleBodyAfterFailure),
        Sweep.each(Scenario.ROTATE, "ManagedClusters.updateKms", Fault.LOST_REPLY));
  }

  private static Ports withStaleBodyAfterFailure(Ports ports) {
    Map<Object, Object> before = new HashMap<>();
    return Tamper.clusters(
            "read",
            (arguments, call) ->
                before.containsKey(arguments[0]) ? before.get(arguments[0]) : call.make())
        .apply(
            Tamper.clusters(
                    "updateKms",
                    (arguments, call) -> {
                      Object body = ports.clusters().read((ClusterName) arguments[0]);
                      try {
                        return call.make();
                      } catch (OutsideFault fault) {
                        before.put(arguments[0], body);
                        throw fault;
                      }
                    })
                .apply(ports));
  }

  private static Exhibit oldAnswerKept() {
    return new Exhibit(
        "an earlier answer of ARM is taken for the present state",
        "a cached resource",
        "P1",
        tampering(
            ports -> {
              Map<Object, Object> first = new HashMap<>();
              return Tamper.clusters(
                      "read",
                      (arguments, call) -> {
                        first.putIfAbsent(arguments[0], call.make());
                        return first.get(arguments[0]);
                      })
                  .apply(ports);
            }),
        Sweep.calm(Scenario.ROTATE));
  }

  private static Exhibit eventTakenAsTruth() {
    return new Exhibit(
        "the version that an event names is taken for the newest",
        "events come late, twice and in no order",
        "K7",
        tampering(Tamper.vault("versions", (arguments, call) -> upToSecond((List<?>) call.make()))),
        List.of(
            Setup.of(Shape.smallest(Scenario.ROTATE))
                .meeting(
                    List.of(new Arrival(KeyEventType.NEW_VERSION_CREATED, 2)), Duration.ZERO)));
  }

  private static Exhibit lateEventBelieved() {
    return new Exhibit(
        "a late event of an older version is believed, and the cluster goes back to it",
        "Event Grid delivers for a day, in no order",
        "K4",
        tampering(
            ports ->
                Tamper.vault(
                        "versions",
                        (arguments, call) -> firstAsNewest((List<?>) call.make(), ports))
                    .apply(ports)),
        Sweep.calm(Scenario.ROTATE_STALE));
  }

  private static List<KeyVersion> firstAsNewest(List<?> versions, Ports ports) {
    List<KeyVersion> all = new ArrayList<>();
    for (Object each : versions) {
      KeyVersion version = (KeyVersion) each;
      all.add(all.isEmpty() ? madeAt(version, ports.time().instant()) : version);
    }
    return all;
  }

  private static KeyVersion madeAt(KeyVersion version, Instant created) {
    return new KeyVersion(
        version.id(),
        version.enabled(),
        created,
        version.notBefore(),
        version.expires(),
        version.type(),
        version.operations());
  }

  private static Exhibit ownKeyTakenForACustomers() {
    return new Exhibit(
        "a cluster that AKS encrypts with keys of its own is rotated like any other",
        "kubernetesResourceObjectEncryptionProfile, which older tools don't read",
        "K8",
        tampering(
            Tamper.clusters("read", (arguments, call) -> asOurs((ManagedCluster) call.make()))
                    .compose(
                        Tamper.clusters(
                            "find", (arguments, call) -> asOurs((FoundClusters) call.make())))
                    .compose(
                        Tamper.surroundings(
                            "cluster", (arguments, call) -> asOurs((ClusterSide) call.make())))
                ::apply),
        Sweep.calm(Scenario.OBSERVED_ONLY));
  }

  private static ClusterSide asOurs(ClusterSide side) {
    return new ClusterSide(
        side.setup().map(KeyExhibits::asOurs),
        side.tenant(),
        side.identities(),
        side.scaleSets(),
        side.ownRights());
  }

  private static ClusterSetup asOurs(ClusterSetup setup) {
    return new ClusterSetup(
        setup.resourceId(),
        setup.provisioningState(),
        setup.powerState(),
        setup.kubernetesVersion(),
        setup.kms(),
        setup.keyId(),
        KmsExperience.VERSIONED_KEY,
        setup.identity(),
        setup.apiServer(),
        setup.pools());
  }

  private static FoundClusters asOurs(FoundClusters found) {
    return new FoundClusters(
        found.clusters().stream().map(KeyExhibits::asOurs).toList(), found.missing());
  }

  private static ManagedCluster asOurs(ManagedCluster cluster) {
    return new ManagedCluster(
        cluster.name(),
        cluster.resourceId(),
        KmsExperience.VERSIONED_KEY,
        cluster.kms(),
        cluster.kubernetesVersion(),
        cluster.etag(),
        cluster.provisioningState(),
        cluster.tags());
  }

  private static List<?> upToSecond(List<?> versions) {
    return versions.subList(0, Math.min(2, versions.size()));
  }

  private static Exhibit unusableVersionTaken() {
    return new Exhibit(
        "a disabled version is taken as a target",
        "AKS fails such an update half way",
        "K4",
        tampering(Tamper.vault("versions", (arguments, call) -> enabled((List<?>) call.make()))),
        Sweep.each(Scenario.ROTATE, Fault.NEWEST_DISABLED));
  }

  static List<KeyVersion> enabled(List<?> versions) {
    List<KeyVersion> all = new ArrayList<>();
    for (Object each : versions) {
      KeyVersion version = (KeyVersion) each;
      all.add(
          new KeyVersion(
              version.id(),
              true,
              version.created(),
              version.notBefore(),
              version.expires(),
              version.type(),
              version.operations()));
    }
    return all;
  }

  private static Exhibit actingBeforeSaving() {
    return new Exhibit(
        "the update is sent before its intent is stored",
        "a crash in between leaves a slot that nobody knows of",
        "K5",
        tampering(ports -> Tamper.with(ports, SavesTooLate.of(ports.records()))),
        Sweep.calm(Scenario.ROTATE));
  }

  /** Records whose operation and ledger are stored only at the next call. */
  private static final class SavesTooLate {
    private Runnable late = () -> {};

    static Records of(Records real) {
      SavesTooLate saves = new SavesTooLate();
      return Tamper.change(
          Records.class,
          real,
          "save",
          (arguments, call) -> {
            if (arguments.length == 1) {
              saves.late.run();
              saves.late = () -> {};
              return call.make();
            }
            saves.late = () -> real.save((Stored) arguments[0], (Stored<Ledger>) arguments[1]);
            return arguments[0];
          });
    }
  }
}
