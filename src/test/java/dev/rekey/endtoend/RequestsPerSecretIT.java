package dev.rekey.endtoend;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Pass;
import dev.rekey.testbed.Seed;
import dev.rekey.testbed.StoredSecret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Rekey costs an API server and a vault, by the server's and the KMS plugin's own counts. */
class RequestsPerSecretIT {
  private static final int SECRETS = 2_000;
  private static final int FEW = 100;
  private static final int NAMESPACES = 20;

  @Test
  void twoThousandSecrets_writeAndProofAskTwiceForEachAndACensusOnce() throws Exception {
    try (RealCluster cluster = new RealCluster(1)) {
      Seed.plant(cluster.testbed.requests(), SECRETS, 1024, NAMESPACES);

      Counted census = count(cluster, Kind.CENSUS);
      assertThat(census.requestsPerSecret()).isLessThanOrEqualTo(1.05);
      assertThat(census.writes()).isZero();
      assertThat(census.moved()).isZero();

      KeyId second = cluster.vault.createVersion(RealCluster.KEY);
      cluster.testbed.applyKey(second.url());
      Counted rewrite = count(cluster, Kind.REENCRYPT);
      assertThat(rewrite.moved()).as("all were stale").isGreaterThanOrEqualTo(SECRETS);
      assertThat(rewrite.requestsPerSecret()).isLessThanOrEqualTo(2.05);
      assertThat(rewrite.evidence().estimate()).isNotNull();
      assertThat(rewrite.evidence().estimate().seconds())
          .isBetween(1L, 10 + 20 * rewrite.evidence().estimate().actualSeconds());
    }
  }

  @Test
  void rotationOnAClusterInOrder_provesTheCurrentKeyWithOneRequestForEachAndNoWrite()
      throws Exception {
    try (RealCluster cluster = new RealCluster(1)) {
      Seed.plant(cluster.testbed.requests(), SECRETS, 1024, NAMESPACES);
      Map<String, Long> revisions = revisions(cluster);
      List<Long> requests = new ArrayList<>();
      List<Double> writes = new ArrayList<>();
      long before = requests(cluster);
      double writesBefore = writes(cluster);
      cluster.newVersionArrives();

      Operation ended =
          cluster.rekey.run(
              cluster.active(),
              latest -> {
                boolean proved =
                    latest.progress().lastPass(StepName.PROVE_CURRENT).stream()
                        .anyMatch(Pass::stands);
                if (proved && requests.isEmpty()) {
                  requests.add(requests(cluster) - before);
                  writes.add(writes(cluster) - writesBefore);
                  assertThat(revisions(cluster)).as("before ARM is asked").isEqualTo(revisions);
                }
              },
              Duration.ofMinutes(10));

      assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
      assertThat(requests.get(0) / (double) revisions.size()).isLessThanOrEqualTo(1.05);
      assertThat(writes).containsExactly(0.0);
    }
  }

  @Test
  void hundredOrTwoThousandSecrets_theVaultIsCalledAsOften() throws Exception {
    assertThat(vaultCalls(SECRETS)).isEqualTo(vaultCalls(FEW));
  }

  /** Of a rewrite from one key version to the next. */
  private static long vaultCalls(int secrets) throws Exception {
    try (RealCluster cluster = new RealCluster(1)) {
      Seed.plant(cluster.testbed.requests(), secrets, 1024, NAMESPACES);
      KeyId second = cluster.vault.createVersion(RealCluster.KEY);
      cluster.testbed.applyKey(second.url());
      long before = calls(cluster, second) + calls(cluster, cluster.firstKey);

      Operation ended = run(cluster, Kind.REENCRYPT);

      assertThat(cluster.evidence(ended).secrets().rewritten()).isGreaterThanOrEqualTo(secrets);
      return calls(cluster, second) + calls(cluster, cluster.firstKey) - before;
    }
  }

  private static long calls(RealCluster cluster, KeyId key) {
    return cluster.testbed.plugin(key.url()).encrypts()
        + cluster.testbed.plugin(key.url()).decrypts();
  }

  /** What an operation cost. */
  private record Counted(double requestsPerSecret, double writes, long moved, Evidence evidence) {}

  /** As somebody with a kubeconfig does, who knows no key's URL. */
  private static Operation run(RealCluster cluster, Kind kind) throws InterruptedException {
    Origin origin = new Origin(Origin.Trigger.COMMAND_LINE, "test", "a test");
    return cluster.finish(
        cluster.rekey.start(cluster.name, kind, Route.UNKNOWN, origin).orElseThrow());
  }

  private static Counted count(RealCluster cluster, Kind kind) throws InterruptedException {
    Map<String, Long> revisions = revisions(cluster);
    long requests = requests(cluster);
    double writes = writes(cluster);
    Evidence evidence = cluster.evidence(run(cluster, kind));
    double perSecret = (requests(cluster) - requests) / (double) revisions.size();
    long moved =
        revisions(cluster).entrySet().stream()
            .filter(one -> !one.getValue().equals(revisions.get(one.getKey())))
            .count();
    return new Counted(perSecret, writes(cluster) - writes, moved, evidence);
  }

  private static long requests(RealCluster cluster) {
    return (long)
        cluster
            .testbed
            .requests()
            .onFreshConnection()
            .metrics()
            .sum("apiserver_request_total", "resource=\"secrets\"");
  }

  private static double writes(RealCluster cluster) {
    return cluster
        .testbed
        .requests()
        .metrics()
        .sum(
            "apiserver_envelope_encryption_key_id_hash_total",
            "transformation_type=\"to_storage\"");
  }

  private static Map<String, Long> revisions(RealCluster cluster) {
    return cluster.testbed.etcd().secrets().stream()
        .collect(
            toMap(secret -> secret.namespace() + "/" + secret.name(), StoredSecret::modRevision));
  }
}
