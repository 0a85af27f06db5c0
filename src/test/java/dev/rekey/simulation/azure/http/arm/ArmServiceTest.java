package dev.rekey.simulation.azure.http.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.simulation.azure.ControlPlane;
import dev.rekey.simulation.azure.NewCluster;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.azure.http.SimulatedAzureHttp;
import dev.rekey.simulation.time.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the simulated ARM answers to a plain HTTP client. */
class ArmServiceTest {
  private static final VaultKey KEY = new VaultKey("sample-kv.vault.azure.net", "secrets");
  private static final String VERSION = "?api-version=2025-09-01";

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-03-01T10:00:00Z"));
  private final Random random = new Random(1);
  private final SimulatedVault vault = new SimulatedVault(time, random);
  private final SimulatedArm arm =
      new SimulatedArm(time, random, vault, new RolledAtOnce(), Duration.ofMinutes(5));
  private final KeyId first = vault.createVersion(KEY);
  private final KeyId second = vault.createVersion(KEY);
  private final ClusterName cluster = arm.add(NewCluster.named("prod").withKey(first));
  private final String path = arm.body(cluster).path("id").asText();
  private final HttpClient client = HttpClient.newHttpClient();
  private SimulatedAzureHttp front;

  @BeforeEach
  void start() throws IOException {
    front = new SimulatedAzureHttp().serve(ArmService.HOST, new ArmService(arm));
  }

  @AfterEach
  void stop() {
    front.close();
  }

  @Test
  void requestWithoutAToken_isChallenged() throws Exception {
    HttpResponse<String> answer =
        client.send(HttpRequest.newBuilder(at(path + VERSION)).build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
        .startsWith("Bearer authorization_uri=");
  }

  @Test
  void unknownApiVersion_isRefused() throws Exception {
    assertThat(get(path + "?api-version=2019-01-01").statusCode()).isEqualTo(400);
    assertThat(get(path).statusCode()).isEqualTo(400);
  }

  @Test
  void staleCondition_isRefused() throws Exception {
    assertThat(put("stale").statusCode()).isEqualTo(412);
    assertThat(arm.acceptedBodies()).isEmpty();
  }

  @Test
  void emptyCondition_isTakenAsNone() throws Exception {
    arm.changedByAnother(cluster, body -> body.withObject("/tags").put("owner", "someone"));

    assertThat(put("").statusCode()).isEqualTo(200);
    assertThat(arm.acceptedBodies()).hasSize(1);
  }

  @Test
  void rightCondition_isTakenAndFollowedUpByAnAddress() throws Exception {
    HttpResponse<String> answer = put(arm.body(cluster).path("eTag").asText());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Retry-After")).contains("10");
    assertThat(answer.headers().firstValue("Azure-AsyncOperation").orElse(""))
        .startsWith("https://management.azure.com/subscriptions/");
  }

  @Test
  void memberThatIsNotPutBack_isGone() throws Exception {
    ObjectNode body = changed();
    body.remove("tags");
    body.withObject("/sku").remove("unknownToModels");

    put(body, arm.body(cluster).path("eTag").asText());

    assertThat(arm.body(cluster).has("tags")).isFalse();
    assertThat(arm.body(cluster).at("/sku/unknownToModels").isMissingNode()).isTrue();
  }

  @Test
  void unknownPath_isNotFound() throws Exception {
    assertThat(get("/subscriptions/x/providers/Microsoft.Compute/disks" + VERSION).statusCode())
        .isEqualTo(404);
    assertThat(get(path + "x" + VERSION).statusCode()).isEqualTo(404);
  }

  @Test
  void putOfNoJson_isRefused() throws Exception {
    HttpRequest.Builder request = request(path + VERSION);
    HttpResponse<String> answer =
        client.send(
            request.PUT(HttpRequest.BodyPublishers.ofString("none")).build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new ObjectMapper().readTree(answer.body()).at("/error/code").asText())
        .isEqualTo("InvalidRequestContent");
  }

  private ObjectNode changed() {
    ObjectNode body = arm.body(cluster);
    body.withObject("/properties/securityProfile/azureKeyVaultKms").put("keyId", second.url());
    return body;
  }

  private HttpResponse<String> put(String condition) throws Exception {
    return put(changed(), condition);
  }

  private HttpResponse<String> put(ObjectNode body, String condition) throws Exception {
    HttpRequest request =
        request(path + VERSION)
            .header("If-Match", condition)
            .PUT(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String pathAndQuery) throws Exception {
    return client.send(request(pathAndQuery).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(at(pathAndQuery)).header("Authorization", "Bearer token");
  }

  private URI at(String pathAndQuery) {
    return URI.create(front.address() + "/" + ArmService.HOST + pathAndQuery);
  }

  private static final class RolledAtOnce implements ControlPlane {
    @Override
    public void roll(ClusterName cluster, KeyId keyId) {}

    @Override
    public void upgrade(ClusterName cluster, String version) {}

    @Override
    public boolean hasRolled(ClusterName cluster) {
      return true;
    }
  }
}
