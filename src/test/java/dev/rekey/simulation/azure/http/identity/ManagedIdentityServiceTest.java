package dev.rekey.simulation.azure.http.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rekey.simulation.azure.http.AzureAnswer;
import dev.rekey.simulation.azure.http.AzureRequest;
import dev.rekey.simulation.azure.http.SimulatedAzureHttp;
import dev.rekey.testbed.transport.Destinations;
import dev.rekey.testbed.transport.RedirectedTransportProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Azure's own credential gets its tokens from the simulated endpoint. */
class ManagedIdentityServiceTest {
  private static final String CLIENT_ID = "00000000-0000-0000-0000-00000000000c";
  private static final String HEADER = "853b9a84-5bfa-4b22-a3f3-0b9a43d9ad8a";

  /** Of the vault, of ARM, of storage, and of AKS' API servers. */
  private static final List<String> RESOURCES =
      List.of(
          "https://vault.azure.net",
          "https://management.azure.com",
          "https://storage.azure.com",
          "6dae42f8-4368-4678-94ff-3960e28e3630");

  private final ManagedIdentityService service =
      new ManagedIdentityService(InstantSource.system(), CLIENT_ID, HEADER);
  @TempDir private Path folder;

  private final List<Integer> statuses = new CopyOnWriteArrayList<>();
  private final List<AzureRequest> requests = new CopyOnWriteArrayList<>();
  private final SimulatedAzureHttp front = new SimulatedAzureHttp();

  ManagedIdentityServiceTest() throws IOException {
    front.serve(ManagedIdentityService.HOST, this::recorded);
  }

  @AfterEach
  void stop() {
    front.close();
  }

  @Test
  void scopesAreAsked_eachTokenIsForItsResource() throws Exception {
    List<String> tokens =
        child(
            CLIENT_ID,
            HEADER,
            RESOURCES.stream().map(each -> each + "/.default").toArray(String[]::new));

    assertThat(tokens).hasSameSizeAs(RESOURCES);
    for (int index = 0; index < tokens.size(); index++) {
      assertClaims(claims(tokens.get(index)), RESOURCES.get(index));
    }
  }

  @Test
  void scopesAreAsked_oneCallIsMadeForEach() throws Exception {
    child(CLIENT_ID, HEADER, RESOURCES.get(0) + "/.default", RESOURCES.get(3) + "/.default");

    assertThat(requests).extracting(AzureRequest::method).containsExactly("GET", "GET");
    assertThat(requests).extracting(AzureRequest::path).containsOnly("/msi/token");
    assertThat(requests)
        .extracting(AzureRequest::query)
        .containsExactly(query(RESOURCES.get(0)), query(RESOURCES.get(3)));
  }

  @Test
  void headerIsAnother_isRefused() throws Exception {
    assertRefused(CLIENT_ID, "another", 401);
  }

  @Test
  void clientIdIsUnknown_isRefused() throws Exception {
    assertRefused("00000000-0000-0000-0000-00000000000d", HEADER, 400);
  }

  private void assertRefused(String clientId, String header, int status) throws Exception {
    assertThat(child(clientId, header, "https://vault.azure.net/.default"))
        .containsExactly("refused");

    assertThat(statuses).isNotEmpty().containsOnly(status);
    assertThat(service.resources()).isEmpty();
  }

  private static void assertClaims(JsonNode claims, String resource) {
    long now = Instant.now().getEpochSecond();
    assertThat(claims.path("aud").asText()).isEqualTo(resource);
    assertThat(claims.path("iss").asText()).matches("https://sts\\.windows\\.net/[0-9a-f-]{36}/");
    assertThat(claims.path("appid").asText()).isEqualTo(CLIENT_ID);
    assertThat(claims.path("oid").asText()).isNotEmpty();
    assertThat(claims.path("nbf").asLong()).isLessThanOrEqualTo(now);
    assertThat(claims.path("exp").asLong()).isGreaterThan(now);
  }

  private static Map<String, String> query(String resource) {
    return Map.of("api-version", "2019-08-01", "resource", resource, "client_id", CLIENT_ID);
  }

  private AzureAnswer recorded(AzureRequest request) {
    requests.add(request);
    AzureAnswer answer = service.answer(request);
    statuses.add(answer.status());
    return answer;
  }

  private List<String> child(String clientId, String header, String... scopes) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                RedirectedTransportProvider.classPath(folder),
                TokensInChild.class.getName(),
                clientId));
    command.addAll(List.of(scopes));
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    String endpoint = front.address() + "/" + ManagedIdentityService.HOST + "/msi/token";
    // Without an endpoint the client would ask the network for Azure's own: nothing may get out.
    builder.environment().putAll(RedirectedTransportProvider.environment(Destinations.none()));
    builder.environment().put("IDENTITY_ENDPOINT", endpoint);
    builder.environment().put("IDENTITY_HEADER", header);
    Process process = builder.start();
    try {
      process.waitFor();
      return Files.readAllLines(output);
    } finally {
      process.destroyForcibly();
    }
  }

  private static JsonNode claims(String token) throws IOException {
    return new JsonMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
  }
}
