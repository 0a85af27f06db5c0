package dev.rekey.reliability.museum;

import static dev.rekey.reliability.museum.ClusterExhibits.tampering;

import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Shape;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Restoration;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Ending;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.Probe;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.service.Ports;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.ManagedClusters;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.SecretsPage;
import dev.rekey.service.port.Stored;
import dev.rekey.service.port.Vault;
import dev.rekey.simulation.fault.Fault;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** What goes wrong where KMS is turned on, off, or on again, and where a key version is rescued. */
final class OnAndOffExhibits {
  private OnAndOffExhibits() {}

  static List<Exhibit> all() {
    return List.of(
        leftPlain(),
        leftUnderTheKey(),
        leftOff(),
        closedTooEarly(),
        rolledBack(),
        enabledUnasked(),
        rotatedAwayFromTheUnrescued());
  }

  private static Exhibit leftPlain() {
    return new Exhibit(
        "KMS is turned on, and the Secrets that were there before stay plain",
        "AKS' page: they are rewritten by a command of its own, which is forgotten",
        "T1",
        tampering(onceUpdated(OnAndOffExhibits::blind)),
        Sweep.calm(Scenario.ENABLE));
  }

  private static ApiServers blind(ApiServers real) {
    return Tamper.change(
        ApiServers.class,
        real,
        "listSecrets",
        (arguments, call) ->
            arguments.length == 3
                ? new SecretsPage.Names(List.of(), "1", null)
                : new Listing<>(List.of(), null));
  }

  private static Exhibit leftUnderTheKey() {
    return new Exhibit(
        "KMS is turned off, what was read under the key is taken for plain, and the key is given up",
        "a hasty --disable-azure-keyvault-kms; KMS v1, which is counted under no key",
        "T1",
        tampering(onceUpdated(OnAndOffExhibits::asIfPlain)),
        Sweep.large(Scenario.DISABLE));
  }

  /** Nothing is rewritten, and whatever is read is taken for plain. */
  private static ApiServers asIfPlain(ApiServers real) {
    ApiServers onlyLooking =
        Tamper.change(
            ApiServers.class,
            real,
            "openLane",
            (arguments, call) -> real.openLane(PatchMode.DRY_RUN));
    ApiServers sampled =
        Tamper.change(
            ApiServers.class,
            onlyLooking,
            "sample",
            (arguments, call) -> plain((ReplicaSample) call.make()));
    return Tamper.change(
        ApiServers.class,
        sampled,
        "probe",
        (arguments, call) -> {
          Probe probe = (Probe) call.make();
          return new Probe(plain(probe.before()), probe.looks(), plain(probe.after()));
        });
  }

  private static ReplicaSample plain(ReplicaSample sample) {
    return new ReplicaSample(
        sample.replica(),
        sample.processStart(),
        sample.statusAt(),
        Map.of(),
        Map.of(),
        Map.of(),
        sample.plainReads() + sum(sample.reads()),
        sample.plainWrites() + sum(sample.writes()),
        sample.failedReads(),
        sample.configurationHash());
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Exhibit leftOff() {
    return new Exhibit(
        "KMS is turned off to change the vault, and stays off once that is done",
        "a script of az commands that ends at its first error",
        "P1",
        tampering(
            Tamper.records(
                "save",
                (arguments, call) -> {
                  if (arguments.length == 2) {
                    arguments[0] = endedHalfWay((Stored<?>) arguments[0]);
                  }
                  return call.make();
                })),
        Sweep.calm(Scenario.CHANGE_VAULT_ACCESS));
  }

  private static Stored<Operation> endedHalfWay(Stored<?> stored) {
    Operation operation = (Operation) stored.value();
    Ending ending =
        new Ending(Ending.Outcome.COMPLETED, Reason.RECORDED, null, null, operation.startedAt());
    boolean isHalfWay = !operation.progress().phases().isEmpty();
    @SuppressWarnings("unchecked")
    Stored<Operation> typed = (Stored<Operation>) stored;
    return isHalfWay ? typed.with(operation.with(operation.progress().with(ending))) : typed;
  }

  private static Exhibit closedTooEarly() {
    return new Exhibit(
        "the vault is closed to the public while API servers still use its key",
        "AKS: an attached vault's mode can't be changed while KMS is on",
        "K1",
        tampering(
            ports ->
                Tamper.clusters(
                        "updateKms",
                        (arguments, call) -> {
                          KmsSettings to = (KmsSettings) arguments[2];
                          if (!to.isOn()) {
                            ports.clusters().updateVault(vaultOf(ports), NetworkAccess.PRIVATE);
                          }
                          return call.make();
                        })
                    .apply(ports)),
        Sweep.calm(Scenario.CHANGE_VAULT_ACCESS));
  }

  private static String vaultOf(Ports ports) {
    ClusterName name = ports.clusters().list().get(0).name();
    return ports
        .records()
        .active(name)
        .flatMap(active -> active.value().route().vaultResourceId())
        .orElseThrow();
  }

  private static Exhibit rolledBack() {
    return new Exhibit(
        "an update of which nobody knows what it did is rolled back to the version before",
        "az aks update with the earlier key after an error",
        "K4",
        tampering(OnAndOffExhibits::rollingBack),
        Sweep.each(Scenario.ROTATE, "ManagedClusters.updateKms", Fault.LOST_REPLY));
  }

  private record Sent(KmsSettings from, KmsSettings to) {}

  private static Ports rollingBack(Ports ports) {
    AtomicReference<Sent> unknown = new AtomicReference<>();
    ManagedClusters real = ports.clusters();
    return Tamper.clusters(
            "read",
            (arguments, call) -> {
              ManagedCluster cluster = (ManagedCluster) call.make();
              Sent sent = unknown.get();
              if (sent != null && cluster.isSettled() && cluster.isAt(sent.to())) {
                unknown.set(null);
                real.updateKms(cluster.name(), sent.to(), sent.from(), cluster.etag());
              }
              return cluster;
            })
        .apply(
            Tamper.clusters(
                    "updateKms",
                    (arguments, call) -> {
                      try {
                        return call.make();
                      } catch (OutsideFault fault) {
                        unknown.set(
                            new Sent((KmsSettings) arguments[1], (KmsSettings) arguments[2]));
                        throw fault;
                      }
                    })
                .apply(ports));
  }

  private static Exhibit enabledUnasked() {
    return new Exhibit(
        "a key version that somebody disabled is enabled again by itself",
        "a version that was disabled because it had leaked",
        "K9",
        tampering(
            ports ->
                Tamper.vault(
                        "versions",
                        (arguments, call) -> {
                          List<?> versions = (List<?>) call.make();
                          versions.forEach(version -> enable(ports.vault(), (KeyVersion) version));
                          return versions;
                        })
                    .apply(ports)),
        Sweep.calm(Scenario.RECOVER_EXPIRED_KEY));
  }

  private static void enable(Vault vault, KeyVersion version) {
    if (!version.enabled()) {
      vault.restore(new Restoration(version.id(), null));
    }
  }

  private static Exhibit rotatedAwayFromTheUnrescued() {
    return new Exhibit(
        "an API server restarts while a key version is unusable, and the cluster moves on before"
            + " its Secrets are rewritten",
        "the rescue finds no server that holds the data keys any more",
        "K2",
        tampering(KeyExhibits::alwaysProved),
        Sweep.each(
            new Shape(Scenario.RECOVER_EXPIRED_KEY, 1, 16, 2, 1, true), Fault.SERVER_RESTARTS));
  }

  /** The defect is there once an update was sent. */
  private static UnaryOperator<Ports> onceUpdated(UnaryOperator<ApiServers> defect) {
    return ports -> {
      AtomicReference<Boolean> sent = new AtomicReference<>(false);
      Ports noting =
          Tamper.clusters(
                  "updateKms",
                  (arguments, call) -> {
                    sent.set(true);
                    return call.make();
                  })
              .apply(ports);
      return Tamper.connecting(noting, real -> sent.get() ? defect.apply(real) : real);
    };
  }
}
