package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.PassVerdict;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.testbed.ApiServerProcess;
import dev.rekey.testbed.Seed;
import org.junit.jupiter.api.Test;

/** The API server dies again and again under a run. */
class KilledApiServerIT {
  private static final int SECRETS = 900;

  @Test
  void killedTenTimesInOneRun_eachSumHoldsAndTheProofIsOfARoundInWhichNoneDied() throws Exception {
    try (DisturbedCluster cluster = new DisturbedCluster()) {
      Seed seed = Seed.plant(cluster.testbed.requests(), SECRETS, 200, 4);
      KeyId second = cluster.movedByHand(cluster.firstKey);
      Killer killer = new Killer(cluster.testbed.replica(0));
      cluster.kubernetes.interference = killer;

      Operation done = cluster.reencrypt(second);

      assertThat(killer.kills).isEqualTo(Killer.KILLS);
      assertThat(done.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
      Evidence evidence = cluster.evidence(done);
      EtcdAndEvidence both =
          new EtcdAndEvidence(cluster.testbed.etcd().secrets(), evidence, second);
      assertThat(both.disagreements()).isEmpty();
      assertThat(both.reasons()).isEmpty();
      assertThat(cluster.sumsThatDoNotHold(done)).isEmpty();
      assertThat(evidence.secrets().discovered()).isEqualTo(SECRETS);
      assertThat(evidence.proof().unchanged()).isEqualTo(SECRETS);
      assertThat(done.progress().passes())
          .filteredOn(pass -> pass.kind() == PassKind.PROOF)
          .extracting(pass -> pass.verdict())
          .containsExactly(
              PassVerdict.REPLICA_RESTARTED, PassVerdict.REPLICA_RESTARTED, PassVerdict.STANDS);
      assertThat(seed.differences()).isEmpty();
    }
  }

  /**
   * Kills in the middle of patches: eight times in the write pass, and once in each of the first
   * two rounds of the proof. A third would leave the proof to a person.
   */
  private static final class Killer implements Interference {
    static final int KILLS = 10;
    private static final int IN_WRITE_PASS = 8;
    private static final int EVERY = 100;

    private final ApiServerProcess server;
    private int sentSinceList;
    private int kills;
    private boolean mayKill = true;

    Killer(ApiServerProcess server) {
      this.server = server;
    }

    /** A list comes before each round. */
    @Override
    public void afterPage(String namespace, Listing<SecretRef> page) {
      sentSinceList = 0;
      mayKill = true;
    }

    @Override
    public void beforePatch(SecretRef secret, int inFlight) {
      sentSinceList++;
      boolean due = sentSinceList % EVERY == EVERY / 2;
      if (due && mayKill && kills < KILLS) {
        kills++;
        mayKill = kills < IN_WRITE_PASS;
        killAndRestart();
      }
    }

    /** Now and then patches go on while nobody is there to answer them. */
    private void killAndRestart() {
      server.kill9();
      server.restart();
      if (kills % 4 != 0) {
        server.awaitReady();
      }
    }
  }
}
