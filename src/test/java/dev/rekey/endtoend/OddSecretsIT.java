package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.reencryption.Look;
import dev.rekey.testbed.AlteringWebhook;
import dev.rekey.testbed.Await;
import dev.rekey.testbed.Etcd;
import dev.rekey.testbed.PlainRequests;
import dev.rekey.testbed.Seed;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One re-encryption over whatever grown clusters hold; each test looks at one situation in it. */
class OddSecretsIT {
  private static final Map<String, byte[]> PAST_VALIDATION = new TreeMap<>();
  private static final Map<String, Integer> LOOKS = new TreeMap<>();

  private static DisturbedCluster cluster;
  private static AlteringWebhook webhook;
  private static Seed seed;
  private static KeyId second;
  private static Operation done;
  private static Evidence evidence;
  private static EtcdAndEvidence both;

  @BeforeAll
  static void reencryptOnce() throws Exception {
    cluster = new DisturbedCluster();
    seed = Seed.plant(cluster.testbed.requests(), 100, 1024, 4);
    OddSecrets odd = new OddSecrets(cluster.testbed);
    plant(odd);
    second = cluster.movedByHand(cluster.firstKey);
    cluster.testbed.denySecretUpdates("denied");
    cluster.testbed.breakSecretUpdates("webhook-down");
    webhook = cluster.testbed.alterSecretUpdates("altered");
    awaitAltering();
    PAST_VALIDATION.put("odd/bad-key", odd.writePast("odd", "bad-key", "Opaque", "a key"));
    PAST_VALIDATION.put(
        "odd/bad-type",
        odd.writePast("odd", "bad-type", "kubernetes.io/dockerconfigjson", "value"));
    cluster.kubernetes.interference =
        new Interference() {
          @Override
          public void afterLook(Look look) {
            LOOKS.merge(look.secret().toString(), 1, Integer::sum);
          }
        };

    done = cluster.reencrypt(second);

    evidence = cluster.evidence(done);
    both = new EtcdAndEvidence(cluster.testbed.etcd().secrets(), evidence, second);
  }

  private static void plant(OddSecrets odd) {
    for (String namespace : new String[] {"odd", "leaving", "denied", "webhook-down", "altered"}) {
      odd.namespace(namespace);
      for (int number = 0; number < 3; number++) {
        odd.create(namespace, "plain-" + number, "", "");
      }
    }
    odd.create("odd", "immutable", "", ", \"immutable\": true");
    odd.createLargest("odd", "largest-0");
    odd.createLargest("odd", "largest-1");
    odd.createHeldByFinalizer("odd", "held");
    odd.createHeldByFinalizer("leaving", "held");
    odd.terminate("leaving");
  }

  /** A webhook's configuration comes to the API server by a watch. */
  private static void awaitAltering() {
    PlainRequests admin = cluster.testbed.requests();
    String path = PlainRequests.secretPath("altered", "plain-0") + "?dryRun=All";
    Await.until(
        "webhook called",
        Duration.ofSeconds(60),
        () -> admin.mergePatch(path, "{}").status() == 200 && webhook.calls() > 0,
        () -> admin.mergePatch(path, "{}").toString());
  }

  @AfterAll
  static void stop() {
    webhook.close();
    cluster.close();
  }

  @Test
  void allOfThem_etcdAndEvidenceAgreeOnEachAndTheOthersAreProved() {
    assertThat(both.disagreements()).isEmpty();
    assertThat(cluster.sumsThatDoNotHold(done)).isEmpty();
    assertThat(both.underTarget(secret -> secret.namespace().startsWith("seeded-"))).hasSize(100);
    assertThat(seed.differences()).isEmpty();
    assertThat(evidence.secrets().discovered()).isEqualTo(cluster.testbed.etcd().secrets().size());
    assertThat(evidence.steps())
        .extracting(Evidence.StepLine::reason)
        .contains(Reason.PROVED_BUT_EXCEPTIONS.token());
    assertThat(evidence.verdict().oldestKey()).isEqualTo("not-known");
    assertThat(both.reasons()).hasSize(11);
  }

  @Test
  void secretsInATerminatingNamespaceAndWithADeletionTimestamp_areRewritten() {
    assertThat(both.underTarget(secret -> secret.namespace().equals("leaving")))
        .containsExactly("leaving/held", "leaving/plain-0", "leaving/plain-1", "leaving/plain-2");
    assertThat(both.underTarget(secret -> secret.namespace().equals("odd"))).contains("odd/held");
    PlainRequests admin = cluster.testbed.requests();
    assertThat(admin.get("/api/v1/namespaces/leaving").json().at("/status/phase").asText())
        .isEqualTo("Terminating");
    JsonNode held = admin.get(PlainRequests.secretPath("odd", "held")).json();
    assertThat(held.at("/metadata/deletionTimestamp").asText()).isNotEmpty();
    assertThat(held.at("/metadata/finalizers/0").asText()).isEqualTo("example.com/hold");
  }

  @Test
  void anImmutableSecretAndTheLargestThereCanBe_areRewrittenAndUnchanged() {
    assertThat(both.underTarget(secret -> secret.namespace().equals("odd")))
        .contains("odd/immutable", "odd/largest-0", "odd/largest-1");
    PlainRequests admin = cluster.testbed.requests();
    JsonNode immutable = admin.get(PlainRequests.secretPath("odd", "immutable")).json();
    assertThat(immutable.path("immutable").asBoolean()).isTrue();
    assertThat(
            admin
                .get(PlainRequests.secretPath("odd", "largest-1"))
                .json()
                .at("/data/value")
                .asText())
        .hasSizeGreaterThan(OddSecrets.MEBIBYTE);
  }

  @Test
  void whatTodaysValidationRefuses_isInvalidAfterOneLookAPassAndLiesAsItDid() {
    PAST_VALIDATION.forEach(
        (name, bytes) -> {
          assertThat(both.reasons()).containsEntry(name, "invalid");
          assertThat(LOOKS).containsEntry(name, 2);
          String[] path = name.split("/");
          assertThat(cluster.testbed.etcd().get(Etcd.secretKey(path[0], path[1])).orElseThrow())
              .satisfies(stored -> assertThat(stored.value()).isEqualTo(bytes));
        });
    assertThat(evidence.census().plain()).isEqualTo(PAST_VALIDATION.size());
  }

  @Test
  void aPolicyDeniesANamespace_itsSecretsAreExceptionsThatNameThePolicyAndStayUnderTheOldKey() {
    for (int number = 0; number < 3; number++) {
      assertThat(both.reasons())
          .containsEntry("denied/plain-" + number, "denied-by-policy by frozen-denied");
      assertThat(LOOKS).containsEntry("denied/plain-" + number, 2);
    }
    assertThat(both.underTarget(secret -> secret.namespace().equals("denied"))).isEmpty();
    assertThat(evidence.census().after())
        .as("three are denied here, three by a webhook that is down")
        .containsEntry(KeyIdHash.predict(cluster.firstKey).label(), 6L);
  }

  @Test
  void aWebhookThatMustAnswerIsDown_itsSecretsAreExceptionsThatNameItAndStayUnderTheOldKey() {
    for (int number = 0; number < 3; number++) {
      assertThat(both.reasons())
          .containsEntry(
              "webhook-down/plain-" + number,
              "webhook-unreachable by down.webhook-down.example.com");
    }
    assertThat(both.underTarget(secret -> secret.namespace().equals("webhook-down"))).isEmpty();
  }

  @Test
  void aWebhookAltersASecretOnEachWrite_itIsUnsettledAndLiesUnderTheNewKey() {
    for (int number = 0; number < 3; number++) {
      assertThat(both.reasons()).containsEntry("altered/plain-" + number, "unsettled");
      assertThat(LOOKS).containsEntry("altered/plain-" + number, 5);
    }
    assertThat(both.underTarget(secret -> secret.namespace().equals("altered"))).hasSize(3);
    assertThat(evidence.proof().unsettled()).isEqualTo(3);
  }
}
