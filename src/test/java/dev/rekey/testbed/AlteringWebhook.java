package dev.rekey.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A mutating webhook that writes another annotation at each update, as those do that stamp a time
 * or a signature. It serves HTTPS on loopback.
 */
public final class AlteringWebhook implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String CONFIGURATION =
      """
      {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "MutatingWebhookConfiguration",
       "metadata": {"name": "altering-%1$s"},
       "webhooks": [{
         "name": "altering.%1$s.example.com", "failurePolicy": "Fail", "sideEffects": "None",
         "admissionReviewVersions": ["v1"], "timeoutSeconds": 10,
         "clientConfig": {"url": "https://127.0.0.1:%2$d/alter", "caBundle": "%3$s"},
         "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "%1$s"}},
         "rules": [{"apiGroups": [""], "apiVersions": ["v1"],
                    "operations": ["UPDATE"], "resources": ["secrets"]}]}]}
      """;

  private final AtomicInteger calls = new AtomicInteger();
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final HttpsServer server;

  private AlteringWebhook(ServingCertificate certificate) throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.serve()));
    server.createContext("/alter", this::alter);
    server.setExecutor(threads);
    server.start();
  }

  static AlteringWebhook before(String namespace, ServingCertificate certificate, Testbed testbed) {
    try {
      AlteringWebhook webhook = new AlteringWebhook(certificate);
      byte[] authority = Files.readAllBytes(certificate.certificateFile());
      String json =
          CONFIGURATION.formatted(
              namespace,
              webhook.server.getAddress().getPort(),
              Base64.getEncoder().encodeToString(authority));
      testbed
          .requests()
          .post("/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations", json)
          .expectSuccess();
      return webhook;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many updates came by, dry ones too. */
  public int calls() {
    return calls.get();
  }

  private void alter(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode review = JSON.readTree(exchange.getRequestBody());
      byte[] answer = JSON.writeValueAsBytes(answer(review.at("/request/uid").asText()));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private ObjectNode answer(String uid) {
    String patch =
        """
        [{"op": "add", "path": "/metadata/annotations", "value": {"example.com/altered": "%d"}}]
        """
            .formatted(calls.incrementAndGet());
    ObjectNode review = JSON.createObjectNode();
    review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
    review
        .withObject("/response")
        .put("uid", uid)
        .put("allowed", true)
        .put("patchType", "JSONPatch")
        .put("patch", patch.getBytes(StandardCharsets.UTF_8));
    return review;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
