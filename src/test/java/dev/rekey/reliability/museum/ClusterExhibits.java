package dev.rekey.reliability.museum;

import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup.Tampering;
import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.UpdateProgress;
import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.Probe;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.service.Ports;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.SecretsPage;
import dev.rekey.simulation.fault.Fault;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What has gone wrong between such tools and the API servers. */
final class ClusterExhibits {
  private static final UpdateProgress SUCCEEDED =
      new UpdateProgress(UpdateProgress.State.SUCCEEDED, null);

  /** Lists that fail one after another; whoever asks again outlasts them. */
  private static final int MANY = 40;

  private ClusterExhibits() {}

  static List<Exhibit> all() {
    return List.of(
        listErrorTakenAsEnd(),
        expiredTokenTakenAsEnd(),
        writtenBeforeAllHaveConverged(),
        newestStatusTakenAsWriteKey(),
        blindToOtherKeys());
  }

  private static Exhibit listErrorTakenAsEnd() {
    return new Exhibit(
        "a list that ends by an error is taken for ended, and the key is dropped",
        "k3s-io/k3s#5933",
        "K2",
        tampering(Tamper.apiServers("listSecrets", ClusterExhibits::endAtAnyFault)),
        Sweep.each(Scenario.ROTATE_AGAIN, "ApiServers.listSecrets", Fault.BROKEN, MANY));
  }

  private static Exhibit expiredTokenTakenAsEnd() {
    return new Exhibit(
        "an expired continue token is taken for the end of a list",
        "Kubernetes API concepts, 410 in the middle of a list",
        "P1",
        tampering(Tamper.apiServers("listSecrets", ClusterExhibits::endAtExpiredToken)),
        Sweep.each(Scenario.ROTATE, "ApiServers.listSecrets", Fault.EXPIRED_CONTINUE));
  }

  private static Exhibit writtenBeforeAllHaveConverged() {
    return new Exhibit(
        "Secrets are rewritten before every API server reads the new key",
        "two API servers that load a configuration up to a minute apart",
        "S1",
        tampering(ClusterExhibits::acceptanceTakenForTheEnd),
        Sweep.seeds(Scenario.ROTATE));
  }

  private static Exhibit newestStatusTakenAsWriteKey() {
    return new Exhibit(
        "the newest status sample is taken for the key that is written with; a lagging API server "
            + "writes the old key back",
        "key_id_hash_status_last_timestamp_seconds is refreshed for every provider",
        "T1",
        tampering(
            ports ->
                Tamper.apiServers("probe", (arguments, call) -> byStatus((Probe) call.make()))
                    .apply(
                        Tamper.apiServers(
                                "sample",
                                (arguments, call) -> byStatus((ReplicaSample) call.make()))
                            .apply(ports))),
        Sweep.each(Scenario.ROTATE, Fault.SERVER_LAGS));
  }

  private static Exhibit blindToOtherKeys() {
    return new Exhibit(
        "Secrets under an older key version aren't noticed, and its slot is dropped",
        "Azure/AKS#4926: nobody can see the previous slot",
        "K2",
        tampering(
                Tamper.apiServers(
                    "sample", (arguments, call) -> byStatus((ReplicaSample) call.make())))
            .withoutTimer(), // which would have every Secret rewritten before
        Sweep.calm(Scenario.ROTATE_STALE));
  }

  static Tampering tampering(UnaryOperator<Ports> ports) {
    return Tampering.of(ports);
  }

  private static Object endAtAnyFault(Object[] arguments, Tamper.Call call) throws Throwable {
    try {
      return call.make();
    } catch (OutsideFault fault) {
      return end(arguments);
    }
  }

  private static Object endAtExpiredToken(Object[] arguments, Tamper.Call call) throws Throwable {
    try {
      return call.make();
    } catch (OutsideFault fault) {
      if (fault.kind() == OutsideFault.Kind.EXPIRED_CONTINUE) {
        return end(arguments);
      }
      throw fault;
    }
  }

  private static Object end(Object[] arguments) {
    return arguments.length == 3
        ? new SecretsPage.Names(List.of(), "1", null)
        : new Listing<>(List.of(), null);
  }

  private static Ports acceptanceTakenForTheEnd(Ports ports) {
    UnaryOperator<Ports> read = Tamper.clusters("read", (arguments, call) -> ended(call));
    UnaryOperator<Ports> progress = Tamper.clusters("progress", (arguments, call) -> SUCCEEDED);
    UnaryOperator<Ports> leases = Tamper.apiServers("leases", (arguments, call) -> oneOf(call));
    return read.apply(progress.apply(leases.apply(ports)));
  }

  private static ManagedCluster ended(Tamper.Call call) throws Throwable {
    ManagedCluster cluster = (ManagedCluster) call.make();
    return new ManagedCluster(
        cluster.name(),
        cluster.resourceId(),
        cluster.experience(),
        cluster.kms(),
        cluster.kubernetesVersion(),
        cluster.etag(),
        "Succeeded",
        cluster.tags());
  }

  private static Object oneOf(Tamper.Call call) throws Throwable {
    List<?> all = (List<?>) call.make();
    return all.isEmpty() ? all : all.subList(0, 1);
  }

  private static Probe byStatus(Probe probe) {
    return new Probe(byStatus(probe.before()), probe.looks(), byStatus(probe.after()));
  }

  /** Everything is put down to the key that was heard of last. */
  private static ReplicaSample byStatus(ReplicaSample sample) {
    KeyIdHash newest =
        sample.statusAt().entrySet().stream()
            .max(
                Map.Entry.<KeyIdHash, Instant>comparingByValue()
                    .thenComparing(entry -> entry.getKey().label()))
            .map(Map.Entry::getKey)
            .orElse(null);
    if (newest == null) {
      return sample;
    }
    Map<KeyIdHash, Instant> written = new HashMap<>();
    sample.lastWriteAt().values().stream()
        .max(Comparator.naturalOrder())
        .ifPresent(at -> written.put(newest, at));
    return new ReplicaSample(
        sample.replica(),
        sample.processStart(),
        sample.statusAt(),
        Map.of(newest, sum(sample.reads())),
        Map.of(newest, sum(sample.writes())),
        written,
        sample.plainReads(),
        sample.plainWrites(),
        sample.failedReads(),
        sample.configurationHash());
  }

  private static long sum(Map<KeyIdHash, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
