package dev.rekey.aks;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import dev.rekey.key.Cloud;
import dev.rekey.simulation.azure.http.AzureRequest;
import dev.rekey.simulation.azure.http.AzureService;
import dev.rekey.simulation.azure.http.SimulatedAzureHttp;
import dev.rekey.testbed.transport.Destinations;
import dev.rekey.testbed.transport.RedirectedTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** The adapter, the SDK and HTTP between a test and a service that stands for ARM. */
final class ArmOverHttp implements AutoCloseable {
  static final String HOST = "management.azure.com";

  static final Duration WITHOUT_DELAY = Duration.ofMillis(1);

  final AtomicInteger tokens = new AtomicInteger();

  /** For how long ARM has made somebody wait, who didn't. */
  final List<Duration> waited = new CopyOnWriteArrayList<>();

  final RedirectedTransport transport;
  final ArmClusters clusters;
  private final SimulatedAzureHttp front;

  ArmOverHttp(List<String> scopes, AzureService arm) {
    try {
      front = new SimulatedAzureHttp();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    front.serve(HOST, arm);
    transport =
        new RedirectedTransport(
            HttpClient.createDefault(), Destinations.none().toSimulation("", front.address()));
    clusters = open(scopes);
  }

  /** Another process, which knows nothing yet. */
  ArmClusters open(List<String> scopes) {
    return open(
        scopes,
        request -> {
          tokens.incrementAndGet();
          return Mono.just(new AccessToken("token", OffsetDateTime.now().plusHours(1)));
        });
  }

  ArmClusters open(List<String> scopes, TokenCredential credential) {
    return ArmClusters.open(
        scopes, Cloud.PUBLIC, credential, transport, "rekey-test", WITHOUT_DELAY, waited::add);
  }

  /** Lets another host answer too. */
  void serve(String host, AzureService service) {
    front.serve(host, service);
  }

  String address() {
    return front.address().toString();
  }

  static List<AzureRequest> of(String method, List<AzureRequest> requests) {
    return requests.stream().filter(request -> request.method().equals(method)).toList();
  }

  @Override
  public void close() {
    front.close();
  }
}
