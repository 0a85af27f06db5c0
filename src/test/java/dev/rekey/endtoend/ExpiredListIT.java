package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.testbed.PlainRequests;
import dev.rekey.testbed.Seed;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A list that takes longer than the API server remembers goes on, and misses nobody. */
class ExpiredListIT {
  private static final int SECRETS = 1_200;

  /** Without snapshots in the API server's own cache, which outlive the store's compaction. */
  @Test
  void theStoreIsCompactedAfterEachPage_everySecretIsStillListedRewrittenAndProved()
      throws Exception {
    try (DisturbedCluster cluster =
        new DisturbedCluster("--feature-gates=ListFromCacheSnapshot=false")) {
      Seed seed = Seed.plant(cluster.testbed.requests(), "many", SECRETS, 100, 1);
      KeyId second = cluster.movedByHand(cluster.firstKey);
      CompactsAfterPages compacting = new CompactsAfterPages(cluster);
      cluster.kubernetes.interference = compacting;

      Operation done = cluster.reencrypt(second);

      assertThat(compacting.times).hasValueGreaterThanOrEqualTo(4);
      assertThat(done.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
      Evidence evidence = cluster.evidence(done);
      EtcdAndEvidence both =
          new EtcdAndEvidence(cluster.testbed.etcd().secrets(), evidence, second);
      assertThat(both.disagreements()).isEmpty();
      assertThat(both.reasons()).isEmpty();
      assertThat(both.underTarget(secret -> secret.namespace().equals("many-000")))
          .hasSize(SECRETS);
      assertThat(evidence.secrets().discovered())
          .isEqualTo(cluster.testbed.etcd().secrets().size());
      assertThat(evidence.proof().unchanged()).isEqualTo(evidence.secrets().discovered());
      assertThat(cluster.sumsThatDoNotHold(done)).isEmpty();
      assertThat(seed.differences()).isEmpty();
    }
  }

  /** What the token's revision was written at is forgotten before the next page is asked for. */
  private static final class CompactsAfterPages implements Interference {
    private final AtomicInteger times = new AtomicInteger();
    private final DisturbedCluster cluster;
    private final PlainRequests another;

    CompactsAfterPages(DisturbedCluster cluster) {
      this.cluster = cluster;
      this.another = cluster.testbed.requests();
    }

    @Override
    public void afterPage(String namespace, Listing<SecretRef> page) {
      if (page.next() != null) {
        String path = "/api/v1/namespaces/default/configmaps";
        String name = "written-meanwhile-" + times.incrementAndGet();
        another.post(path, "{\"metadata\": {\"name\": \"%s\"}}".formatted(name)).expectSuccess();
        cluster.testbed.etcd().compact();
      }
    }
  }
}
