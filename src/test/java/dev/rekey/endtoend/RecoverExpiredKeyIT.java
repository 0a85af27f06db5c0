package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Pass;
import dev.rekey.simulation.azure.NewVersion;
import dev.rekey.testbed.Await;
import dev.rekey.testbed.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A slot's version can't be used any more, on real API servers; raw etcd is the judge. */
class RecoverExpiredKeyIT {
  private static final int SECRETS = 2_000;
  private static final Origin PERSON =
      new Origin(Origin.Trigger.COMMAND_LINE, "somebody else", "the plan was read");

  /**
   * Somebody moves the cluster on by hand and leaves the Secrets, then disables the version that
   * all lie under; one of the API servers restarts after that.
   */
  @Test
  void previousVersionWasDisabled_allAreRescuedBeforeItCanBeUsedAgain() throws Exception {
    try (RealCluster cluster = new RealCluster(2)) {
      Seed seed = Seed.plant(cluster.testbed.requests(), SECRETS, 1024, 40);
      KeyId stale = cluster.firstKey;
      KeyId current = movedByHand(cluster);
      readThroughEach(cluster, seed);
      cluster.vault.setEnabled(stale, false);
      cluster.testbed.replica(1).restart();
      KeyId next = cluster.vault.createVersion(RealCluster.KEY);
      cluster.vault.takeEvents();
      long stored = cluster.stored(stale).get(stale.url());

      Operation planned = cluster.run(Kind.RECOVER_EXPIRED_KEY, Route.of(current, next));
      assertThat(planned.progress().pending().reason()).isEqualTo(Reason.AWAITING_APPROVAL);
      assertThat(cluster.stored(stale)).isEqualTo(Map.of(stale.url(), stored));

      List<Map<String, Long>> whenRescued = new ArrayList<>();
      Operation ended =
          approvedAndDone(
              cluster,
              planned,
              latest -> {
                boolean disabled = !cluster.vault.peek(stale.url()).orElseThrow().enabled();
                if (disabled && isRescued(latest) && whenRescued.isEmpty()) {
                  whenRescued.add(cluster.stored(stale, current));
                }
              });

      assertThat(whenRescued).containsExactly(Map.of(current.url(), stored));
      assertRecovered(cluster, ended, next, stored, seed);
      Evidence.Phase rescue = cluster.evidence(ended).phases().get(0);
      assertThat(rescue.step()).isEqualTo("rescue");
      assertThat(rescue.secrets().rewritten()).isEqualTo(stored);
    }
  }

  /** Nothing is written before it can be used again: that might never be read. */
  @Test
  void currentVersionHasExpired_itsExpiryIsMovedAndTheClusterIsRotatedAwayFromIt()
      throws Exception {
    try (RealCluster cluster = new RealCluster(2)) {
      Seed seed = Seed.plant(cluster.testbed.requests(), 300, 256, 5);
      KeyId expired = cluster.firstKey;
      long stored = cluster.stored(expired).get(expired.url());
      Instant later = Instant.now().plus(Duration.ofDays(90));
      KeyId next = cluster.vault.createVersion(RealCluster.KEY, NewVersion.rsa().expiring(later));
      cluster.vault.takeEvents();
      cluster.vault.setExpiry(expired, Instant.now().minusSeconds(1));

      Operation planned = cluster.run(Kind.RECOVER_EXPIRED_KEY, Route.of(expired, next));
      Operation ended = approvedAndDone(cluster, planned, latest -> {});

      assertRecovered(cluster, ended, next, stored, seed);
      assertThat(cluster.vault.peek(expired.url()).orElseThrow().expires())
          .isBetween(later.minusSeconds(1), later);
    }
  }

  private static KeyId movedByHand(RealCluster cluster) {
    KeyId current = cluster.vault.createVersion(RealCluster.KEY);
    cluster.arm.rotatedByAnother(cluster.name, current);
    Await.until(
        "the cluster has moved",
        Duration.ofMinutes(3),
        () ->
            cluster
                .arm
                .body(cluster.name)
                .at("/properties/provisioningState")
                .asText()
                .equals("Succeeded"),
        () -> cluster.arm.bodyText(cluster.name));
    return current;
  }

  /** From etcd, so that each API server holds the data keys. */
  private static void readThroughEach(RealCluster cluster, Seed seed) {
    for (int replica = 0; replica < 2; replica++) {
      for (String name : seed.markers().keySet()) {
        String[] parts = name.split("/", 2);
        cluster
            .testbed
            .requests(replica)
            .get("/api/v1/namespaces/" + parts[0] + "/secrets/" + parts[1])
            .expectSuccess();
      }
    }
  }

  private static boolean isRescued(Operation operation) {
    return operation.progress().lastPass(StepName.RESCUE).map(Pass::hasEnded).orElse(false);
  }

  private static Operation approvedAndDone(
      RealCluster cluster, Operation planned, Consumer<Operation> watcher)
      throws InterruptedException {
    cluster.rekey.approve(planned, PERSON);
    return cluster.rekey.run(cluster.active(), watcher, Duration.ofMinutes(10));
  }

  private static void assertRecovered(
      RealCluster cluster, Operation ended, KeyId next, long stored, Seed seed) {
    assertThat(ended.progress().ending()).as("%s", ended.progress().pending()).isNotNull();
    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(cluster.keyIdInArm()).isEqualTo(next.url());
    assertThat(cluster.stored(next)).isEqualTo(Map.of(next.url(), stored));
    Evidence evidence = cluster.evidence(ended);
    assertThat(evidence.operation().approver()).isEqualTo("somebody else");
    assertThat(evidence.census().after()).isEqualTo(Map.of(next.url(), stored));
    assertThat(evidence.proof()).isEqualTo(new Evidence.Proof("counters", stored, stored, 0));
    assertThat(seed.differences()).isEmpty();
  }
}
