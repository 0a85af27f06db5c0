package dev.rekey.simulation.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.key.KeyIdHash;
import dev.rekey.simulation.cluster.ClusterShape;
import dev.rekey.simulation.cluster.LoadBalancer;
import dev.rekey.simulation.cluster.SecretBatch;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.cluster.TestVault;
import dev.rekey.simulation.cluster.admission.Obstacle;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.cluster.encryption.Provider;
import dev.rekey.simulation.cluster.encryption.Sha256;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import dev.rekey.simulation.time.VirtualTime;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The wire formats, as kube-apiserver 1.36.3 gave them. */
class SimulatedApiServerHttpTest {
  private static final String KEY_1 = "https://example.vault.azure.net/keys/etcd/1111";
  private static final String KEY_2 = "https://example.vault.azure.net/keys/etcd/2222";
  private static final String KEY_3 = "https://example.vault.azure.net/keys/etcd/3333";
  private static final String METADATA =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
  private static final String METADATA_LIST =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
  private static final String TABLE = "application/json;as=Table;g=meta.k8s.io;v=v1";
  private static final String MERGE_PATCH = "application/merge-patch+json";
  private static final String FIRST = "/api/v1/namespaces/team-00/secrets/secret-0000";

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-03-01T00:00:00Z"));
  private final SimulatedCluster cluster =
      new SimulatedCluster(
          ClusterShape.encrypting(EncryptionConfiguration.encrypted(KEY_2, KEY_1))
              .with(LoadBalancer.Choice.IN_TURN),
          new TestVault(),
          time,
          1);
  private final HttpClient client = newClient();
  private SimulatedApiServerHttp server;

  @BeforeEach
  void start() throws IOException {
    cluster.seed(SecretBatch.of(7, 2), EncryptionConfiguration.encrypted(KEY_1)).start();
    server = new SimulatedApiServerHttp(cluster, time, "token");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void withoutTheTokenNothingIsAnsweredButHealth() throws Exception {
    HttpRequest.Builder bare = HttpRequest.newBuilder(server.address().resolve("/metrics"));
    assertThat(send(client, bare).statusCode()).isEqualTo(401);

    bare = HttpRequest.newBuilder(server.address().resolve("/readyz"));
    assertThat(send(client, bare).body()).isEqualTo("ok");
  }

  @Test
  void aMetadataPatchRewritesAndItsAnswerHoldsNoData() throws Exception {
    HttpResponse<String> response = patch(FIRST, METADATA, MERGE_PATCH, "{}");

    JsonNode answer = json(response);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.path("kind").textValue()).isEqualTo("PartialObjectMetadata");
    assertThat(answer.path("metadata").path("resourceVersion").textValue()).isEqualTo("9");
    assertThat(answer.has("data")).isFalse();
    assertThat(cluster.oracle().under(KEY_2)).isEqualTo(1);
  }

  @Test
  void aPatchThatDoesNotAskForMetadataIsAnsweredWithTheWholeSecret() throws Exception {
    assertThat(
            json(patch(FIRST, "application/json", MERGE_PATCH, "{}"))
                .at("/data/password")
                .textValue())
        .isNotEmpty();
    assertThat(json(patch(FIRST, "application/json," + METADATA, MERGE_PATCH, "{}")).has("data"))
        .isTrue();
    assertThat(json(patch(FIRST, METADATA + ",application/json", MERGE_PATCH, "{}")).has("data"))
        .isFalse();
  }

  @Test
  void aPatchOfAnotherMediaTypeIsRefusedAndOneInAnUnknownFormNotAcceptable() throws Exception {
    HttpResponse<String> response = patch(FIRST, METADATA, "application/json", "{}");

    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(json(response).path("reason").textValue()).isEqualTo("UnsupportedMediaType");
    assertThat(patch(FIRST, METADATA, MERGE_PATCH + "; charset=utf-8", "{}").statusCode())
        .isEqualTo(200);
    assertThat(patch(FIRST, METADATA_LIST, MERGE_PATCH, "{}").statusCode()).isEqualTo(406);
    assertThat(patch(FIRST, "text/html", MERGE_PATCH, "{}").statusCode()).isEqualTo(406);
  }

  @Test
  void aDryRunMovesNothing() throws Exception {
    JsonNode answer = json(patch(FIRST + "?dryRun=All", METADATA, MERGE_PATCH, "{}"));

    assertThat(answer.at("/metadata/resourceVersion").textValue()).isEqualTo("2");
    assertThat(cluster.oracle().under(KEY_1)).isEqualTo(7);
  }

  @Test
  void errorsAreStatusObjectsWithTheRealTexts() throws Exception {
    JsonNode missing =
        json(patch("/api/v1/namespaces/team-00/secrets/none", METADATA, MERGE_PATCH, "{}"));
    assertThat(missing.path("message").textValue()).isEqualTo("secrets \"none\" not found");
    assertThat(missing.at("/details/name").textValue()).isEqualTo("none");

    cluster.admission().put("team-00", new Obstacle.DeniedByPolicy("p"));
    JsonNode denied = json(patch(FIRST, METADATA, MERGE_PATCH, "{}"));
    assertThat(denied.path("code").intValue()).isEqualTo(422);
    assertThat(denied.path("reason").textValue()).isEqualTo("Invalid");
    assertThat(denied.path("message").textValue())
        .startsWith(
            "secrets \"secret-0000\" is forbidden: ValidatingAdmissionPolicy 'p' with binding"
                + " 'p-binding' denied request: ");

    cluster.admission().put("team-00", new Obstacle.WebhookDown("w.example.com"));
    JsonNode down = json(patch(FIRST, METADATA, MERGE_PATCH, "{}"));
    assertThat(down.path("code").intValue()).isEqualTo(500);
    assertThat(down.path("message").textValue())
        .startsWith("Internal error occurred: failed calling webhook \"w.example.com\": ");
    assertThat(down.at("/details/causes/0/message").textValue())
        .startsWith("failed calling webhook");
  }

  @Test
  void aListComesInPagesAndOnlyAWholeOneHoldsData() throws Exception {
    JsonNode first = json(get("/api/v1/secrets?limit=4", METADATA_LIST));
    String next = first.at("/metadata/continue").textValue();
    HttpResponse<String> rest = get("/api/v1/secrets?limit=4&continue=" + next, METADATA_LIST);

    assertThat(first.path("kind").textValue()).isEqualTo("PartialObjectMetadataList");
    assertThat(first.path("items")).hasSize(4);
    assertThat(first.at("/metadata/remainingItemCount").intValue()).isEqualTo(3);
    assertThat(first.at("/items/0/metadata/name").textValue()).isEqualTo("secret-0000");
    assertThat(first.at("/items/0").has("data")).isFalse();
    assertThat(json(rest).path("items")).hasSize(3);
    assertThat(json(rest).at("/metadata").has("continue")).isFalse();
    assertThat(
            json(get("/api/v1/secrets", "application/json"))
                .at("/items/0/data/password")
                .textValue())
        .isNotEmpty();
    assertThat(get("/api/v1/secrets", METADATA).statusCode()).isEqualTo(406);
  }

  @Test
  void aTableWithoutObjectsHoldsNamesAndNeitherDataNorAnnotations() throws Exception {
    HttpResponse<String> response =
        get("/api/v1/namespaces/team-00/secrets?limit=2&includeObject=None", TABLE);

    JsonNode table = json(response);
    assertThat(table.path("kind").textValue()).isEqualTo("Table");
    assertThat(table.at("/columnDefinitions/0/format").textValue()).isEqualTo("name");
    assertThat(table.at("/rows/1/cells/0").textValue()).isEqualTo("secret-0002");
    assertThat(table.at("/rows/1/object").isNull()).isTrue();
    assertThat(table.at("/metadata/resourceVersion").textValue()).isEqualTo("8");
    assertThat(table.at("/metadata/continue").textValue()).isNotEmpty();
    assertThat(response.body()).doesNotContain("annotations").doesNotContain("password");
  }

  @Test
  void aTableBringsMetadataUnlessToldOtherwiseAndOddWishesAreRefused() throws Exception {
    String path = "/api/v1/namespaces/team-00/secrets";

    assertThat(json(get(path, TABLE)).at("/rows/0/object/kind").textValue())
        .isEqualTo("PartialObjectMetadata");
    assertThat(get(path + "?includeObject=Nope", TABLE).statusCode()).isEqualTo(400);
  }

  @Test
  void aPatchAnsweredAsATableWithoutObjectsTellsTheResourceVersionAndNoAnnotation()
      throws Exception {
    HttpResponse<String> response = patch(FIRST + "?includeObject=None", TABLE, MERGE_PATCH, "{}");

    assertThat(json(response).at("/metadata/resourceVersion").textValue()).isEqualTo("9");
    assertThat(response.body()).doesNotContain("annotations").doesNotContain("password");
  }

  @Test
  void namespacesCanBeATableToo() throws Exception {
    JsonNode table = json(get("/api/v1/namespaces?includeObject=None", TABLE));

    assertThat(table.at("/rows/5/cells/0").textValue()).isEqualTo("team-01");
    assertThat(table.at("/rows/5/cells/1").textValue()).isEqualTo("Active");
  }

  @Test
  void evenMetadataCanHoldTheSecretInAnAnnotation() throws Exception {
    JsonNode first = json(get("/api/v1/namespaces/team-01/secrets?limit=1", METADATA_LIST));

    assertThat(
            first
                .at("/items/0/metadata/annotations")
                .path("kubectl.kubernetes.io/last-applied-configuration")
                .textValue())
        .contains("password");
    assertThat(first.at("/items/0/metadata/managedFields")).isNotEmpty();
  }

  @Test
  void anExpiredTokenIsAnswered410WithAFreshOne() throws Exception {
    JsonNode first = json(get("/api/v1/secrets?limit=4", METADATA_LIST));
    cluster.snapshots().compact();

    HttpResponse<String> expired =
        get(
            "/api/v1/secrets?limit=4&continue=" + first.at("/metadata/continue").textValue(),
            METADATA_LIST);
    String fresh = json(expired).at("/metadata/continue").textValue();

    assertThat(expired.statusCode()).isEqualTo(410);
    assertThat(json(expired).path("reason").textValue()).isEqualTo("Expired");
    assertThat(json(get("/api/v1/secrets?limit=4&continue=" + fresh, METADATA_LIST)).path("items"))
        .hasSize(3);
  }

  @Test
  void aListThatMeetsADroppedKeyIs500AndOneWithoutALimit429() throws Exception {
    for (SimulatedReplica replica : cluster.replicas()) {
      replica.stage(EncryptionConfiguration.encrypted(KEY_3, KEY_2));
      replica.restart();
    }

    HttpResponse<String> limited = get("/api/v1/secrets?limit=4", METADATA_LIST);
    HttpResponse<String> unlimited = get("/api/v1/namespaces/default/secrets", METADATA_LIST);

    assertThat(limited.statusCode()).isEqualTo(500);
    assertThat(json(limited).path("message").textValue())
        .isEqualTo(
            "Internal error occurred: unable to transform key"
                + " \"/registry/secrets/team-00/secret-0000\": no matching prefix found");
    assertThat(unlimited.statusCode()).isEqualTo(429);
    assertThat(unlimited.headers().firstValue("Retry-After")).contains("1");
    assertThat(json(unlimited).path("message").textValue())
        .startsWith("storage is (re)initializing: ");
    assertThat(get("/readyz", "*/*").statusCode()).isEqualTo(500);
    assertThat(get("/readyz", "*/*").body()).contains("[-]poststarthook/storage-readiness failed");
  }

  @Test
  void metricsCarryTheRealFamiliesAndLabels() throws Exception {
    patch(FIRST, METADATA, MERGE_PATCH, "{}");
    SimulatedReplica replica = cluster.replica(0);
    String server = "apiserver_id_hash=\"" + replica.lease().idHash() + "\"";

    HttpResponse<String> response = get("/metrics", "*/*");

    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(response.body().lines())
        .contains(
            "# TYPE apiserver_envelope_encryption_key_id_hash_total counter",
            "apiserver_envelope_encryption_key_id_hash_total{"
                + server
                + ",key_id_hash=\"%s\",provider_name=\"%s\",transformation_type=\"to_storage\"} 1"
                    .formatted(hash(KEY_2), provider(KEY_2)),
            "apiserver_envelope_encryption_key_id_hash_status_last_timestamp_seconds{"
                + server
                + ",key_id_hash=\"%s\",provider_name=\"%s\"} 1.7723232e+09"
                    .formatted(hash(KEY_1), provider(KEY_1)),
            "apiserver_storage_transformation_operations_total{resource=\"secrets\",status=\"OK\","
                + "transformation_type=\"to_storage\",transformer_prefix=\"k8s:enc:kms:v2:%s:\"} 1"
                    .formatted(provider(KEY_2)),
            "apiserver_encryption_config_controller_last_config_info{"
                + server
                + ",hash=\"%s\"} 1".formatted(replica.configuration().hash()),
            "process_start_time_seconds 1.7723232e+09");
  }

  @Test
  void aConnectionStaysAtItsServerAndAFreshOneReachesTheNext() throws Exception {
    String first = serverId(client);

    assertThat(serverId(client)).isEqualTo(first);
    assertThat(serverId(newClient())).isNotEqualTo(first);
  }

  @Test
  void aServerThatDiesLeavesItsConnectionsWithoutAnAnswer() throws Exception {
    serverId(client);
    cluster.replicas().forEach(SimulatedReplica::kill);

    assertThatThrownBy(() -> get("/metrics", "*/*")).isInstanceOf(IOException.class);
  }

  @Test
  void leasesNameTheServersAndWhenTheyLastRenewed() throws Exception {
    JsonNode leases =
        json(
            get(
                "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases"
                    + "?labelSelector=apiserver.kubernetes.io%2Fidentity%3Dkube-apiserver",
                "application/json"));

    assertThat(leases.path("items")).hasSize(2);
    assertThat(leases.at("/items/0/metadata/name").textValue())
        .isEqualTo(cluster.replica(0).lease().name());
    assertThat(leases.at("/items/0/spec/renewTime").textValue())
        .isEqualTo("2026-03-01T00:00:00.000000Z");
  }

  @Test
  void namespacesComeInPages() throws Exception {
    JsonNode first = json(get("/api/v1/namespaces?limit=5", METADATA_LIST));
    String next = first.at("/metadata/continue").textValue();
    JsonNode rest = json(get("/api/v1/namespaces?limit=5&continue=" + next, METADATA_LIST));

    assertThat(first.path("items")).hasSize(5);
    assertThat(rest.at("/items/0/metadata/name").textValue()).isEqualTo("team-01");
    assertThat(rest.at("/metadata").has("continue")).isFalse();
  }

  @Test
  void virtualTimeFollowsTheClockThatTheFaceWasGiven() throws Exception {
    server.close();
    VirtualTime ahead = new VirtualTime(time.instant().plus(Duration.ofMinutes(2)));
    server = new SimulatedApiServerHttp(cluster, ahead, "token");

    get("/metrics", "*/*");

    assertThat(time.instant()).isEqualTo(ahead.instant());
    assertThat(List.copyOf(cluster.replica(0).sample().statusAt().values()))
        .containsOnly(ahead.instant());
  }

  private HttpResponse<String> get(String path, String accept) throws Exception {
    return send(client, to(path).header("Accept", accept));
  }

  private HttpResponse<String> patch(String path, String accept, String type, String body)
      throws Exception {
    return send(
        client,
        to(path)
            .header("Accept", accept)
            .header("Content-Type", type)
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(server.address().resolve(path))
        .header("Authorization", "Bearer token");
  }

  private String serverId(HttpClient through) throws Exception {
    String metrics = send(through, to("/metrics")).body();
    Matcher id = Pattern.compile("apiserver_id_hash=\"([^\"]+)\"").matcher(metrics);
    assertThat(id.find()).isTrue();
    return id.group(1);
  }

  private static HttpResponse<String> send(HttpClient through, HttpRequest.Builder request)
      throws Exception {
    return through.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpClient newClient() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }

  private static String hash(String keyUrl) {
    return KeyIdHash.ofKmsKeyId(Sha256.hex(keyUrl)).label();
  }

  private static String provider(String keyUrl) {
    return Provider.Kms.of(keyUrl).name();
  }
}
