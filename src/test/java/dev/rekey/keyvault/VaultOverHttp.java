package dev.rekey.keyvault;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpClient;
import dev.rekey.key.Cloud;
import dev.rekey.simulation.azure.http.AzureAnswer;
import dev.rekey.simulation.azure.http.AzureRequest;
import dev.rekey.simulation.azure.http.AzureService;
import dev.rekey.simulation.azure.http.SimulatedAzureHttp;
import dev.rekey.testbed.transport.Destinations;
import dev.rekey.testbed.transport.RedirectedTransport;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;

/** The adapter against a service that a test writes itself. */
final class VaultOverHttp implements AutoCloseable {
  /** Of requests that carry a token: the first to a vault only fetches the challenge. */
  final List<AzureRequest> requests = new CopyOnWriteArrayList<>();

  final KeyVaultKeys keys;
  final RedirectedTransport transport;
  private final SimulatedAzureHttp front = new SimulatedAzureHttp();

  VaultOverHttp(AzureService service) throws IOException {
    this(service, VaultClients.PATIENCE);
  }

  VaultOverHttp(AzureService service, Duration patience) throws IOException {
    front.serve("", request -> answer(request, service));
    transport =
        new RedirectedTransport(
            HttpClient.createDefault(), Destinations.none().toSimulation("", front.address()));
    keys =
        KeyVaultKeys.open(
            request -> Mono.just(new AccessToken("token", OffsetDateTime.now().plusHours(1))),
            transport,
            Cloud.PUBLIC,
            "rekey-test",
            patience);
  }

  private AzureAnswer answer(AzureRequest request, AzureService service) {
    if (request.header("Authorization") == null) {
      return AzureAnswer.json(401, "{}")
          .with(
              "WWW-Authenticate",
              "Bearer authorization=\"https://login.microsoftonline.com/t\","
                  + " resource=\"https://vault.azure.net\"");
    }
    requests.add(request);
    return service.answer(request);
  }

  @Override
  public void close() {
    front.close();
  }
}
