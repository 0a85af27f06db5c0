package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Tally;
import dev.rekey.testbed.Seed;
import org.junit.jupiter.api.Test;

/** Other clients go on as ever while everything is re-encrypted. */
class ChangingSecretsIT {
  private static final int SECRETS = 1_000;

  @Test
  void secretsAreMadeEditedDeletedAndMadeAnewAllTheTime_allThatIsLeftIsProvedAndHoldsTheLastEdit()
      throws Exception {
    try (DisturbedCluster cluster = new DisturbedCluster()) {
      Seed seed = Seed.plant(cluster.testbed.requests(), SECRETS, 200, 5);
      AtTheWorstMoment worst = AtTheWorstMoment.plant(cluster.testbed.requests());
      BusyClient busy = BusyClient.plant(cluster.testbed.requests());
      KeyId second = cluster.movedByHand(cluster.firstKey);
      cluster.kubernetes.interference = worst;

      Operation done;
      try (BusyClient working = busy.begin()) {
        done = cluster.reencrypt(second);
      }

      assertThat(done.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
      Evidence evidence = cluster.evidence(done);
      EtcdAndEvidence both =
          new EtcdAndEvidence(cluster.testbed.etcd().secrets(), evidence, second);
      assertThat(both.disagreements()).isEmpty();
      assertThat(both.reasons()).isEmpty();
      assertThat(cluster.sumsThatDoNotHold(done)).isEmpty();
      assertThat(seed.differences()).isEmpty();
      assertThat(busy.turns()).as("all the time").isGreaterThan(100);
      assertThat(busy.differences()).isEmpty();
      assertThat(worst.differences()).isEmpty();
      assertThat(both.underTarget(secret -> secret.namespace().equals(BusyClient.NAMESPACE)))
          .isEqualTo(busy.present());
      assertThat(evidence.secrets().deleted()).isGreaterThanOrEqualTo(AtTheWorstMoment.OF_EACH);
      Tally proof = done.progress().lastPass(StepName.PROVE).orElseThrow().tally();
      assertThat(proof.deleted()).isGreaterThanOrEqualTo(AtTheWorstMoment.OF_EACH);
      assertThat(evidence.census().after()).containsOnlyKeys(second.url());
      assertThat(cluster.signals).noneMatch(signal -> signal.startsWith("outside-fault"));
      assertThat(evidence.verdict().oldestKey()).isEqualTo("not-needed-by-this-cluster");
    }
  }
}
