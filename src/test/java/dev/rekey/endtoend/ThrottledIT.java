package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.BusyCause;
import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.testbed.FewSeats;
import dev.rekey.testbed.Metrics;
import dev.rekey.testbed.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The cluster's owner gives Rekey few seats at the API servers. */
class ThrottledIT {
  @Test
  void aFlowSchemaLeavesAFewSeatsAndNoQueue_requestsInFlightAreHalvedAndAllIsProved()
      throws Exception {
    try (DisturbedCluster cluster = new DisturbedCluster()) {
      Seed seed = Seed.plant(cluster.testbed.requests(), 300, 1024, 4);
      KeyId second = cluster.movedByHand(cluster.firstKey);
      FewSeats.forRekey(cluster.testbed);
      Pacing pacing = new Pacing();
      cluster.kubernetes.interference = pacing;

      Operation done = cluster.reencrypt(second);

      assertThat(done.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
      Metrics metrics = cluster.testbed.requests().metrics();
      assertThat(
              metrics.sum(
                  "apiserver_flowcontrol_rejected_requests_total", "priority_level=\"narrow\""))
          .isGreaterThanOrEqualTo(pacing.throttled)
          .isPositive();
      assertThat(pacing.throttled).isPositive();
      assertThat(pacing.mostBefore429()).isEqualTo(32);
      assertThat(pacing.leastAfter429()).isLessThanOrEqualTo(4);
      Evidence evidence = cluster.evidence(done);
      EtcdAndEvidence both =
          new EtcdAndEvidence(cluster.testbed.etcd().secrets(), evidence, second);
      assertThat(both.disagreements()).isEmpty();
      assertThat(both.reasons()).isEmpty();
      assertThat(cluster.sumsThatDoNotHold(done)).isEmpty();
      assertThat(evidence.proof().unchanged()).isEqualTo(cluster.testbed.etcd().secrets().size());
      assertThat(seed.differences()).isEmpty();
    }
  }

  /** How many were in flight each time that Rekey sent one more. */
  private static final class Pacing implements Interference {
    private final List<Integer> inFlight = Collections.synchronizedList(new ArrayList<>());
    private int throttled;
    private int sentBefore429 = -1;

    @Override
    public void beforePatch(SecretRef secret, int before) {
      inFlight.add(before + 1);
    }

    @Override
    public void afterLook(Look look) {
      if (look.answer() instanceof PatchAnswer.Busy busy && busy.cause() == BusyCause.THROTTLED) {
        throttled++;
        sentBefore429 = sentBefore429 < 0 ? inFlight.size() : sentBefore429;
      }
    }

    int mostBefore429() {
      return Collections.max(inFlight.subList(0, sentBefore429));
    }

    int leastAfter429() {
      return Collections.min(inFlight.subList(sentBefore429, inFlight.size()));
    }
  }
}
