package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.testbed.Await;
import dev.rekey.testbed.Manifest;
import dev.rekey.testbed.PlainRequests;
import dev.rekey.testbed.Seed;
import java.time.Duration;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped role is enough, and none of its verbs could be left out. */
class RightsOfRekeyIT {
  private static final Manifest ROLE = Manifest.shipped("role.yaml");
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  private static DisturbedCluster cluster;
  private static Seed seed;
  private static KeyId second;

  @BeforeAll
  static void start() {
    cluster = new DisturbedCluster();
    seed = Seed.plant(cluster.testbed.requests(), 60, 200, 3);
    second = cluster.movedByHand(cluster.firstKey);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "list  | secrets    |                     | [list, patch] | [patch]",
        "patch | secrets    |                     | [list, patch] | [list]",
        "list  | namespaces |                     | [namespaces]  | [nodes]",
        "list  | leases     | coordination.k8s.io | [leases]      | [events]",
        "get   | /metrics   |                     | [/metrics]    | [/version]"
      })
  void aVerbIsMissing_nothingIsBegunAndTheRightIsNamed(
      String verb, String resource, String group, String part, String replacement)
      throws Exception {
    TreeSet<Long> before = revisions();
    ROLE.with(part, replacement).restore(cluster.testbed.requests());
    awaitAllowed(false, verb, resource, group);

    Operation refused = cluster.reencrypt(second);

    assertThat(refused.progress().ending())
        .satisfies(
            ending -> {
              assertThat(ending.outcome()).isEqualTo(Ending.Outcome.REFUSED);
              assertThat(ending.reason()).isEqualTo(Reason.ACCESS_DENIED);
              assertThat(ending.detail()).contains(verb).containsIgnoringCase(resource);
            });
    assertThat(revisions()).isEqualTo(before);
  }

  /** Whatever the order of the tests: the file as it is shipped comes first. */
  @Test
  void theRoleAsItIsShipped_aWholeReencryptionIsProved() throws Exception {
    ROLE.restore(cluster.testbed.requests());
    awaitAllowed(true, "list", "secrets", null);
    awaitAllowed(true, "patch", "secrets", null);
    awaitAllowed(true, "list", "namespaces", null);
    awaitAllowed(true, "list", "leases", "coordination.k8s.io");
    awaitAllowed(true, "get", "/metrics", null);
    KeyId third = cluster.movedByHand(second, cluster.firstKey);

    Operation done = cluster.reencrypt(third);

    second = third;
    assertThat(done.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    Evidence evidence = cluster.evidence(done);
    EtcdAndEvidence both = new EtcdAndEvidence(cluster.testbed.etcd().secrets(), evidence, third);
    assertThat(both.disagreements()).isEmpty();
    assertThat(both.reasons()).isEmpty();
    assertThat(evidence.proof().unchanged()).isEqualTo(60);
    assertThat(seed.differences()).isEmpty();
  }

  private static TreeSet<Long> revisions() {
    TreeSet<Long> revisions = new TreeSet<>();
    cluster.testbed.etcd().secrets().forEach(secret -> revisions.add(secret.modRevision()));
    return revisions;
  }

  /** The API server learns of roles by watches. */
  private static void awaitAllowed(boolean allowed, String verb, String resource, String group) {
    PlainRequests rekey = cluster.testbed.requests(cluster.testbed.rekey(), cluster.testbed.url());
    String attributes =
        resource.startsWith("/")
            ? "\"nonResourceAttributes\": {\"verb\": \"%s\", \"path\": \"%s\"}"
                .formatted(verb, resource)
            : """
              "resourceAttributes": {"verb": "%s", "resource": "%s", "group": "%s",
                                     "namespace": "kube-system"}
              """
                .formatted(verb, resource, group == null ? "" : group);
    String review = "{\"spec\": {" + attributes + "}}";
    Await.until(
        verb + " " + resource + " allowed: " + allowed,
        Duration.ofSeconds(30),
        () -> isAllowed(rekey.post(REVIEWS, review).expectSuccess().json()) == allowed,
        () -> rekey.post(REVIEWS, review).toString());
  }

  private static boolean isAllowed(JsonNode review) {
    return review.at("/status/allowed").asBoolean();
  }
}
