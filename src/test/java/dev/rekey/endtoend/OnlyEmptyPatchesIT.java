package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.testbed.Await;
import dev.rekey.testbed.Etcd;
import dev.rekey.testbed.Manifest;
import dev.rekey.testbed.PlainRequests;
import dev.rekey.testbed.PlainRequests.Answer;
import dev.rekey.testbed.Seed;
import dev.rekey.testbed.StoredValue;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The optional policy, with an identity that RBAC would let do everything with Secrets: it can
 * change the envelope and nothing else.
 */
class OnlyEmptyPatchesIT {
  private static final String POLICY = "rekey-only-empty-patches";
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
  private static final String COLLECTION = "/api/v1/namespaces/guarded/secrets";

  private static DisturbedCluster cluster;
  private static PlainRequests admin;
  private static PlainRequests rekey;
  private static Seed seed;
  private static KeyId second;

  @BeforeAll
  static void start() {
    cluster = new DisturbedCluster();
    admin = cluster.testbed.requests();
    seed = Seed.plant(admin, 60, 1024, 3);
    OddSecrets odd = new OddSecrets(cluster.testbed);
    odd.namespace("guarded");
    odd.create(
        "guarded", "target", ", \"labels\": {\"a\": \"b\"}, \"annotations\": {\"c\": \"d\"}", "");
    odd.createLargest("guarded", "largest");
    odd.createHeldByFinalizer("guarded", "held");
    mayDoEverythingWithSecrets();
    Manifest.shipped("only-empty-patches.yaml").create(admin);
    second = cluster.movedByHand(cluster.firstKey);
    rekey = cluster.testbed.requests(cluster.testbed.rekey(), cluster.testbed.url());
    awaitInForce();
  }

  private static void mayDoEverythingWithSecrets() {
    admin
        .post(
            RBAC + "clusterroles",
            """
            {"metadata": {"name": "too-much"},
             "rules": [{"apiGroups": [""], "resources": ["secrets"], "verbs": ["*"]}]}
            """)
        .expectSuccess();
    admin
        .post(
            RBAC + "clusterrolebindings",
            """
            {"metadata": {"name": "too-much"},
             "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole",
                         "name": "too-much"},
             "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group",
                           "name": "rekey-users"}]}
            """)
        .expectSuccess();
  }

  private static void awaitInForce() {
    String path = COLLECTION + "?dryRun=All";
    String probe = "{\"metadata\": {\"name\": \"probe\"}}";
    Await.until(
        "policy in force",
        Duration.ofSeconds(60),
        () -> rekey.post(path, probe).body().contains(POLICY),
        () -> rekey.post(path, probe).toString());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\": {\"value\": \"b3RoZXI=\"}}",
        "{\"data\": {\"another\": \"b3RoZXI=\"}}",
        "{\"data\": null}",
        "{\"stringData\": {\"value\": \"other\"}}",
        "{\"metadata\": {\"labels\": {\"a\": \"other\"}}}",
        "{\"metadata\": {\"labels\": null}}",
        "{\"metadata\": {\"annotations\": {\"c\": \"other\"}}}",
        "{\"metadata\": {\"annotations\": {\"new\": \"d\"}}}",
        "{\"metadata\": {\"finalizers\": [\"example.com/hold\"]}}",
        "{\"metadata\": {\"ownerReferences\": [{\"apiVersion\": \"v1\", \"kind\": \"Pod\","
            + " \"name\": \"p\", \"uid\": \"u\"}]}}",
        "{\"immutable\": true}"
      })
  void aPatchThatChangesAnything_isRefusedByThePolicyAndNothingIsWritten(String patch) {
    refusedByPolicy("target", () -> rekey.mergePatch(path("target"), patch));
  }

  /** Kubernetes itself refuses that, before policies are asked. */
  @Test
  void theTypeIsChanged_refusedAsForEverybody() {
    long before = stored("target").modRevision();

    assertThat(rekey.mergePatch(path("target"), "{\"type\": \"example.com/other\"}").status())
        .isEqualTo(422);
    assertThat(stored("target").modRevision()).isEqualTo(before);
  }

  /** To take a finalizer away is to delete. */
  @Test
  void aFinalizerIsTakenAway_refusedAndTheSecretStaysHeld() {
    refusedByPolicy(
        "held", () -> rekey.mergePatch(path("held"), "{\"metadata\": {\"finalizers\": null}}"));
  }

  @Test
  void aWholeSecretIsPutMadeAppliedOrDeleted_refused() {
    String whole = "{\"metadata\": {\"name\": \"target\"}, \"stringData\": {\"value\": \"o\"}}";
    refusedByPolicy("target", () -> rekey.put(path("target"), whole));
    refusedByPolicy("target", () -> rekey.delete(path("target")));
    refusedByPolicy("target", () -> rekey.delete(COLLECTION));
    refusedByPolicy("target", () -> rekey.post(COLLECTION, whole.replace("target", "made")));
    String applied =
        "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": {\"name\": \"applied\"}}";
    refusedByPolicy(
        "target",
        () ->
            rekey
                .send(
                    "PATCH",
                    path("applied") + "?fieldManager=rekey",
                    "application/apply-patch+yaml",
                    applied)
                .join());
  }

  private static void refusedByPolicy(String name, Supplier<Answer> request) {
    StoredValue before = stored(name);
    List<String> all = names();

    Answer answer = request.get();

    assertThat(answer.status()).as(answer.body()).isEqualTo(403);
    assertThat(answer.body()).contains(POLICY);
    assertThat(stored(name).modRevision()).isEqualTo(before.modRevision());
    assertThat(names()).isEqualTo(all);
  }

  @Test
  void anotherIdentity_isNotTouchedByThePolicy() {
    String path = path("by-another");
    admin.post(COLLECTION, "{\"metadata\": {\"name\": \"by-another\"}}").expectSuccess();
    admin.mergePatch(path, "{\"stringData\": {\"value\": \"other\"}}").expectSuccess();
    admin.delete(path).expectSuccess();
  }

  @Test
  void emptyPatchesOfAllShapesOfSecrets_passAndRewriteAndAWholeRunIsProved() throws Exception {
    Operation done = cluster.reencrypt(second);

    assertThat(done.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    Evidence evidence = cluster.evidence(done);
    EtcdAndEvidence both = new EtcdAndEvidence(cluster.testbed.etcd().secrets(), evidence, second);
    assertThat(both.disagreements()).isEmpty();
    assertThat(both.reasons()).isEmpty();
    assertThat(both.underTarget(secret -> true))
        .hasSize(63)
        .contains("guarded/target", "guarded/largest", "guarded/held");
    assertThat(seed.differences()).isEmpty();
  }

  private static String path(String name) {
    return PlainRequests.secretPath("guarded", name);
  }

  private static StoredValue stored(String name) {
    return cluster.testbed.etcd().get(Etcd.secretKey("guarded", name)).orElseThrow();
  }

  private static List<String> names() {
    return cluster.testbed.etcd().secrets().stream()
        .map(secret -> secret.namespace() + "/" + secret.name())
        .toList();
  }
}
