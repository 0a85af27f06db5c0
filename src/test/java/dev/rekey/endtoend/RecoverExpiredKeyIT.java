package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.StepName;
import dev.rekey.simulation.azure.NewVersion;
import dev.rekey.testbed.PlainRequests;
import dev.rekey.testbed.Seed;
import dev.rekey.testbed.StoredSecret;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A key version in one of the two slots can't be used any more, on real API servers; raw etcd is
 * the judge. Each recovery leaves the cluster whole, so the next one begins on it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RecoverExpiredKeyIT {
  private static final int SECRETS = 2_000;
  private static final Origin APPROVER =
      new Origin(Origin.Trigger.COMMAND_LINE, "the approver", "the plan was read");

  private RealCluster cluster;
  private Seed seed;
  private KeyId current;
  private long stored;

  /** What raw etcd held when the vault's version was about to be made usable again. */
  private List<StoredSecret> atRestoration = List.of();

  @BeforeAll
  void begin() {
    cluster = new RealCluster(2);
    seed = Seed.plant(cluster.testbed.requests(), SECRETS, 1024, 40);
    current = cluster.firstKey;
    stored = cluster.testbed.etcd().secrets().size();
    cluster.beforeRestoration = () -> atRestoration = secrets();
  }

  @AfterAll
  void end() {
    cluster.close();
  }

  @Test
  @Order(1)
  void currentVersionExpired_nothingIsWrittenBeforeItIsExtended_thenAllLieUnderTheNextOne()
      throws Exception {
    KeyId expired = current;
    expire(expired);
    restart(1);
    Instant later = cluster.now().plus(Duration.ofDays(90)).truncatedTo(ChronoUnit.SECONDS);
    KeyId next = cluster.vault.createVersion(RealCluster.KEY, NewVersion.rsa().expiring(later));
    cluster.vault.takeEvents();
    Operation planned = planned(expired, next);
    List<StoredSecret> before = secrets();

    Operation ended = cluster.finish(approved(planned));

    assertThat(atRestoration.equals(before)).as("nothing is written").isTrue();
    assertRecovered(ended);
    assertThat(evidence(ended).phases()).isEmpty();
    assertThat(cluster.vault.peek(expired.url()).orElseThrow().expires()).isEqualTo(later);
  }

  @Test
  @Order(2)
  void previousVersionExpiredAndAllLieUnderIt_allAreRescuedBeforeItIsExtended() throws Exception {
    KeyId expired = current;
    current = cluster.movedByHand();
    readAll();
    expire(expired);

    Operation ended = cluster.finish(approved(planned(current, newVersion())));

    assertRescued(current);
    assertRecovered(ended);
    assertRescueIsTold(ended);
  }

  /** One of the two API servers has restarted since, and can't read a single stale Secret. */
  @Test
  @Order(3)
  void previousVersionDisabledAndRekeyKilledAtEachStep_allAreRescuedThroughTheWarmApiServer()
      throws Exception {
    KeyId disabled = current;
    current = cluster.movedByHand();
    readAll();
    cluster.vault.setEnabled(disabled, false);
    restart(1);
    assertThat(readThrough(1)).isNotEqualTo(200);
    Operation approved = approved(planned(current, newVersion()));
    MortalRekey mortal = new MortalRekey(cluster);

    Operation ended = mortal.finish(approved);

    assertRescued(current);
    assertRecovered(ended);
    assertThat(evidence(ended).phases()).extracting(Evidence.Phase::step).contains("rescue");
    assertThat(mortal.steps()).containsAll(stepsThatAct());
  }

  private static List<String> stepsThatAct() {
    return Stream.of(
            StepName.RESCUE,
            StepName.RESTORE_KEY,
            StepName.PROVE_CURRENT,
            StepName.UPDATE_CLUSTER,
            StepName.WRITE,
            StepName.PROVE,
            StepName.RECORD)
        .map(StepName::token)
        .toList();
  }

  private List<StoredSecret> secrets() {
    return cluster.testbed.etcd().secretsAtOnce();
  }

  private KeyId newVersion() {
    KeyId made = cluster.vault.createVersion(RealCluster.KEY);
    cluster.vault.takeEvents();
    return made;
  }

  private void expire(KeyId version) {
    cluster.vault.setExpiry(version, cluster.now().minusSeconds(60));
  }

  /** An API server holds the data keys that it has read since its last start. */
  private void readAll() {
    for (int replica = 0; replica < 2; replica++) {
      assertThat(seed.differences(cluster.testbed.requests(replica))).isEmpty();
    }
  }

  private void restart(int replica) {
    cluster.testbed.replica(replica).restart();
    cluster.testbed.awaitInForce(replica);
  }

  private int readThrough(int replica) {
    String path = PlainRequests.secretPath("seeded-000", "secret-00000");
    return cluster.testbed.requests(replica).get(path).status();
  }

  private Operation planned(KeyId from, KeyId to) throws InterruptedException {
    Operation planned = cluster.run(Kind.RECOVER_EXPIRED_KEY, Route.of(from, to));
    Pending pending = planned.progress().pending();
    assertThat(planned.progress().ending()).isNull();
    assertThat(Objects.requireNonNull(pending).reason()).isEqualTo(Reason.AWAITING_APPROVAL);
    return planned;
  }

  private Operation approved(Operation planned) {
    cluster.rekey.approve(planned, APPROVER);
    return cluster.active();
  }

  private void assertRescued(KeyId under) {
    Map<String, Long> counts = cluster.counts(atRestoration, under);
    assertThat(counts).isEqualTo(Map.of(under.url(), stored));
  }

  private void assertRescueIsTold(Operation ended) {
    Evidence.Phase rescue = evidence(ended).phases().get(0);
    assertThat(rescue.step()).isEqualTo("rescue");
    assertThat(rescue.secrets()).isEqualTo(new Evidence.Secrets(stored, stored, 0, 0, 0, 0));
  }

  private void assertRecovered(Operation ended) {
    assertThat(ended.progress().ending()).as("%s", ended.progress().pending()).isNotNull();
    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    current = ended.to();
    Evidence evidence = evidence(ended);
    assertThat(cluster.stored(current)).isEqualTo(Map.of(current.url(), stored));
    assertThat(new EtcdAndEvidence(secrets(), evidence, current).disagreements()).isEmpty();
    assertThat(evidence.census().after()).containsOnlyKeys(current.url());
    assertThat(evidence.census().after().get(current.url())).isGreaterThanOrEqualTo(stored);
    assertThat(evidence.operation().approver()).isEqualTo(APPROVER.actor());
    assertThat(evidence.proof()).isEqualTo(new Evidence.Proof("counters", stored, stored, 0));
    assertThat(cluster.keyIdInArm()).isEqualTo(current.url());
    assertThat(seed.differences()).isEmpty();
  }

  private Evidence evidence(Operation ended) {
    return cluster.evidence(ended);
  }
}
