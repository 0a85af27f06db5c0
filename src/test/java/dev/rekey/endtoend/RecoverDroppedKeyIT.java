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
import dev.rekey.operation.StepName;
import dev.rekey.service.OperationRequest;
import dev.rekey.service.RequestAnswer;
import dev.rekey.testbed.PlainRequests;
import dev.rekey.testbed.Seed;
import dev.rekey.testbed.StoredSecret;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Azure/kubernetes-kms#291, led back, on real API servers: somebody has rotated twice without
 * rewriting the Secrets, and most of them can't be read by anyone. Raw etcd is the judge.
 */
class RecoverDroppedKeyIT {
  private static final int SECRETS = 2_000;
  private static final Origin APPROVER =
      new Origin(Origin.Trigger.COMMAND_LINE, "the approver", "the plan was read");

  private RealCluster cluster;
  private Seed seed;
  private KeyId dropped;
  private KeyId previous;
  private KeyId current;
  private long stored;

  /** The operation that was asked for last. */
  private Operation latest;

  @AfterEach
  void end() {
    cluster.close();
  }

  @Test
  void apiServersAreUnreadyAndRekeyIsKilledAtEachStep_allIsCountedAndRecovered() throws Exception {
    rotatedTwice(40);
    assertThat(cluster.testbed.requests(0).get("/readyz").status()).isEqualTo(500);
    Operation planned = planned();
    assertThat(detail(planned)).doesNotContain("it can't be known");
    MortalRekey mortal = new MortalRekey(cluster);

    Operation ended = mortal.finish(approved(planned));

    assertRecovered(ended);
    Map<String, Long> before = Objects.requireNonNull(evidence(ended).census().before());
    assertThat(before).containsOnlyKeys(current.url(), "unknown");
    assertThat(before.get("unknown")).isEqualTo(SECRETS - 400);
    assertThat(mortal.steps()).containsAll(stepsThatAct());
    assertThat(cluster.testbed.requests(0).get("/readyz").status()).isEqualTo(200);
  }

  /** More in a namespace than a list is led around: nobody can tell what lies where. */
  @Test
  void secretsCanNotAllBeListed_approvalNamesThat_andAllIsRecoveredAllTheSame() throws Exception {
    rotatedTwice(4);

    Operation planned = planned();
    assertThat(detail(planned)).contains("it can't be known");
    cluster.finish(approved(planned));

    assertRecovered(broughtBackInTurn());
  }

  /** What lay unseen under the slot that was dropped is brought back as often as it takes. */
  private Operation broughtBackInTurn() throws InterruptedException {
    for (int more = 0; more < 2 && cluster.latest(latest).isActive(); more++) {
      assertThat(pending(cluster.latest(latest)).reason()).isEqualTo(Reason.KEY_VERSION_DROPPED);
      cluster.finish(approved(planned()));
    }
    return latest;
  }

  private void rotatedTwice(int namespaces) {
    cluster = new RealCluster(2);
    seed = Seed.plant(cluster.testbed.requests(), SECRETS, 1024, namespaces);
    dropped = cluster.firstKey;
    stored = cluster.testbed.etcd().secrets().size();
    previous = cluster.movedByHand();
    rewrite(5); // what the next rewrite writes is a part of it
    current = movedByHandThoughItIsUnreadyThen();
    rewrite(10);
    Map<String, Long> counts = cluster.stored(dropped, previous, current);
    assertThat(counts.get(previous.url())).isEqualTo(200);
    assertThat(counts.get(dropped.url())).isGreaterThanOrEqualTo(SECRETS - 400);
    assertThat(read()).isEqualTo(500);
  }

  /** An API server that has loaded it by a restart isn't ready: it can't read most Secrets. */
  private KeyId movedByHandThoughItIsUnreadyThen() {
    KeyId made = cluster.vault.createVersion(RealCluster.KEY);
    cluster.vault.takeEvents();
    for (int replica = 0; replica < 2; replica++) {
      cluster.testbed.configure(replica, cluster.testbed.slots(replica).withKey(made.url()));
    }
    cluster.arm.changedByAnother(cluster.name, body -> KeyIds.set(body, made));
    return made;
  }

  /** Somebody writes one Secret of so many, which are always the same ones. */
  private void rewrite(int first) {
    List<StoredSecret> seeded =
        cluster.testbed.etcd().secrets().stream()
            .filter(secret -> secret.namespace().startsWith("seeded-"))
            .toList();
    for (int number = 0; number < seeded.size(); number += first) {
      StoredSecret secret = seeded.get(number);
      assertThat(cluster.testbed.requests().emptyPatch(secret.namespace(), secret.name()).status())
          .isIn(200, 500); // what lies under the dropped version can't be written
    }
  }

  /** One that lies under the dropped version. */
  private int read() {
    String unread =
        cluster.testbed.etcd().secrets().stream()
            .filter(secret -> secret.namespace().startsWith("seeded-"))
            .filter(secret -> cluster.counts(List.of(secret), dropped).containsKey(dropped.url()))
            .map(secret -> PlainRequests.secretPath(secret.namespace(), secret.name()))
            .findFirst()
            .orElseThrow();
    return cluster.testbed.requests().get(unread).status();
  }

  private Operation planned() throws InterruptedException {
    OperationRequest wish =
        new OperationRequest(
            cluster.name,
            Kind.RECOVER_DROPPED_KEY,
            null,
            null,
            null,
            null,
            new Origin(Origin.Trigger.COMMAND_LINE, "test", "a test"));
    RequestAnswer answer = cluster.rekey.request(wish);
    assertThat(answer).isInstanceOf(RequestAnswer.Accepted.class);
    latest = cluster.finish(((RequestAnswer.Accepted) answer).operation());
    assertThat(pending(latest).reason()).isEqualTo(Reason.AWAITING_APPROVAL);
    return latest;
  }

  private Operation approved(Operation planned) {
    cluster.rekey.approve(planned, APPROVER);
    return cluster.active();
  }

  private static Pending pending(Operation operation) {
    return Objects.requireNonNull(
        operation.progress().pending(), String.valueOf(operation.progress().ending()));
  }

  private static String detail(Operation planned) {
    return Objects.requireNonNull(pending(planned).detail());
  }

  private static List<String> stepsThatAct() {
    return Stream.of(
            StepName.RESCUE,
            StepName.COUNT,
            StepName.UPDATE_CLUSTER,
            StepName.WRITE,
            StepName.PROVE,
            StepName.RECORD)
        .map(StepName::token)
        .toList();
  }

  private void assertRecovered(Operation ended) {
    Operation last = cluster.latest(ended);
    assertThat(last.progress().ending()).as("%s", last.progress().pending()).isNotNull();
    assertThat(last.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(cluster.stored(current)).isEqualTo(Map.of(current.url(), stored));
    Evidence evidence = evidence(last);
    List<StoredSecret> secrets = cluster.testbed.etcd().secretsAtOnce();
    assertThat(new EtcdAndEvidence(secrets, evidence, current).disagreements()).isEmpty();
    assertThat(evidence.operation().approver()).isEqualTo(APPROVER.actor());
    assertThat(evidence.phases()).extracting(Evidence.Phase::step).contains("recover-dropped-key");
    assertThat(evidence.proof().checked()).isEqualTo(stored);
    assertThat(cluster.keyIdInArm()).isEqualTo(current.url());
    assertThat(seed.differences()).isEmpty();
  }

  private Evidence evidence(Operation ended) {
    return cluster.evidence(ended);
  }
}
