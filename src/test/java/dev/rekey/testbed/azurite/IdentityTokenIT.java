package dev.rekey.testbed.azurite;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import com.azure.storage.queue.QueueServiceClient;
import com.azure.storage.queue.QueueServiceClientBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rekey.simulation.azure.http.AzureRequest;
import dev.rekey.simulation.azure.http.identity.ManagedIdentityService;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Azurite takes what the simulated managed identity gives for storage. */
class IdentityTokenIT {
  private static final String CLIENT_ID = "00000000-0000-0000-0000-00000000000c";

  @Test
  void tokenForStorage_isAccepted() throws IOException {
    AccessToken token = token("https://storage.azure.com");
    try (Azurite azurite = Azurite.start()) {
      QueueServiceClient queues =
          new QueueServiceClientBuilder()
              .endpoint(azurite.queues().toString())
              .httpClient(azurite.transport())
              .credential(request -> Mono.just(token))
              .buildClient();

      queues.createQueue("rekey-key-events");

      assertThat(queues.listQueues()).hasSize(1);
    }
  }

  private static AccessToken token(String resource) throws IOException {
    AzureRequest request =
        new AzureRequest(
            "GET",
            ManagedIdentityService.HOST,
            "/msi/token",
            Map.of("api-version", "2019-08-01", "resource", resource, "client_id", CLIENT_ID),
            Map.of("x-identity-header", "header"),
            "");
    JsonNode answer =
        new JsonMapper()
            .readTree(
                new ManagedIdentityService(InstantSource.system(), CLIENT_ID, "header")
                    .answer(request)
                    .body());
    return new AccessToken(
        answer.path("access_token").asText(),
        Instant.ofEpochSecond(answer.path("expires_on").asLong()).atOffset(ZoneOffset.UTC));
  }
}
