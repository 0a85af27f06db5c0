package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.testbed.Metrics;
import dev.rekey.testbed.Seed;
import dev.rekey.testbed.Slots;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A replica that reads the new key and still writes with the old one moves Secrets back, and its
 * own second look calls them unchanged.
 */
class LaggingReplicaIT {
  private static final String STATUS =
      "apiserver_envelope_encryption_key_id_hash_status_last_timestamp_seconds";

  @Test
  void oneReplicaWritesWithTheOldKey_nothingCountsUntilBothWriteWithTheNewOne() throws Exception {
    try (RealCluster cluster = new RealCluster(2)) {
      KeyId first = cluster.firstKey;
      KeyId second = cluster.vault.createVersion(RealCluster.KEY);
      Seed seed = Seed.plant(cluster.testbed.requests(), 100, 1024, 4);
      long stored = cluster.stored(first).get(first.url());
      cluster.arm.changedByAnother(cluster.name, body -> KeyIds.set(body, second));
      cluster.testbed.configure(0, Slots.of(second.url(), first.url()));
      cluster.testbed.configure(1, Slots.of(first.url(), second.url()));
      cluster.testbed.replica(0).awaitReady();
      cluster.testbed.replica(1).awaitReady();
      assertThat(newestStatusSample(cluster, 1))
          .as("the naive rule takes the lagging replica for converged")
          .isEqualTo(KeyIdHash.predict(second).label());

      Origin origin = new Origin(Origin.Trigger.COMMAND_LINE, "test", "a test");
      Operation started =
          cluster
              .rekey
              .start(cluster.name, Kind.REENCRYPT, Route.of(second, second), origin)
              .orElseThrow();
      Operation waiting = cluster.rekey.run(started, latest -> {}, Duration.ofSeconds(40));

      Pending pending = waiting.progress().pending();
      assertThat(pending.reason()).isEqualTo(Reason.REPLICA_DOES_NOT_WRITE_TARGET);
      assertThat(waiting.progress().passes())
          .singleElement()
          .satisfies(pass -> assertThat(pass.stage()).isEqualTo(Pass.Stage.LISTED));

      cluster.testbed.configure(1, Slots.of(second.url(), first.url()));
      cluster.testbed.replica(1).awaitReady();
      Operation done = cluster.finish(waiting);

      Evidence evidence = cluster.evidence(done);
      assertThat(cluster.stored(first, second)).isEqualTo(Map.of(second.url(), stored));
      assertThat(evidence.convergence().replicas())
          .hasSize(2)
          .allSatisfy(
              replica ->
                  assertThat(replica.keyIdHash()).isEqualTo(KeyIdHash.predict(second).label()));
      assertThat(evidence.secrets().discovered()).isEqualTo(stored);
      assertThat(evidence.proof().unchanged()).isEqualTo(stored);
      assertThat(done.progress().passes())
          .filteredOn(pass -> pass.kind() == PassKind.PROOF)
          .hasSize(1);
      assertThat(seed.differences()).isEmpty();
    }
  }

  /**
   * The rule that other tools would use: the key whose status sample is the newest is the write
   * key.
   */
  private static String newestStatusSample(RealCluster cluster, int replica) {
    Metrics metrics = cluster.testbed.requests(replica).metrics();
    String newest = "";
    double at = 0;
    for (String hash : metrics.values("key_id_hash", STATUS)) {
      double seen = metrics.sum(STATUS, "key_id_hash=\"" + hash + "\"");
      if (seen > at) {
        at = seen;
        newest = hash;
      }
    }
    return newest;
  }
}
