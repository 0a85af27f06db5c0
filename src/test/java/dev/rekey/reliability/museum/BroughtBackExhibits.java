package dev.rekey.reliability.museum;

import static dev.rekey.reliability.museum.ClusterExhibits.tampering;

import dev.rekey.app.simulated.Scenario;
import dev.rekey.key.KeyIdHash;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.Probe;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.service.Ports;
import dev.rekey.service.port.ApiServers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** What goes wrong where a key version that AKS has dropped is made current again. */
final class BroughtBackExhibits {
  private BroughtBackExhibits() {}

  static List<Exhibit> all() {
    return List.of(madeCurrentAtOnce());
  }

  private static Exhibit madeCurrentAtOnce() {
    return new Exhibit(
        "a dropped key version is made current at once, and what lies under the slot that this"
            + " drops is lost in its place",
        "Azure/kubernetes-kms#291, mended with az aks update and the earlier key",
        "K2",
        tampering(BroughtBackExhibits::withoutWriteAndCount),
        Sweep.large(Scenario.RECOVER_DROPPED_KEY));
  }

  /** Until the first update nothing is written, and whatever is read is taken for current. */
  private static Ports withoutWriteAndCount(Ports ports) {
    AtomicReference<Boolean> sent = new AtomicReference<>(false);
    Ports noting =
        Tamper.clusters(
                "updateKms",
                (arguments, call) -> {
                  sent.set(true);
                  return call.make();
                })
            .apply(ports);
    return Tamper.connecting(noting, real -> sent.get() ? real : trusting(noting, real));
  }

  private static ApiServers trusting(Ports ports, ApiServers real) {
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
            (arguments, call) -> current((ReplicaSample) call.make(), shown(ports)));
    return Tamper.change(
        ApiServers.class,
        sampled,
        "probe",
        (arguments, call) -> {
          Probe probe = (Probe) call.make();
          KeyIdHash shown = shown(ports);
          return new Probe(
              current(probe.before(), shown), probe.looks(), current(probe.after(), shown));
        });
  }

  private static KeyIdHash shown(Ports ports) {
    String keyId = ports.clusters().list().get(0).keyId();
    return KeyIdHash.predict(KeyExhibits.parse(keyId));
  }

  private static ReplicaSample current(ReplicaSample sample, KeyIdHash shown) {
    return new ReplicaSample(
        sample.replica(),
        sample.processStart(),
        sample.statusAt(),
        Map.of(shown, sum(sample.reads())),
        sample.writes(),
        sample.lastWriteAt(),
        sample.plainReads(),
        sample.plainWrites(),
        sample.failedReads(),
        sample.configurationHash());
  }

  private static long sum(Map<KeyIdHash, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
