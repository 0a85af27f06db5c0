package dev.rekey.endtoend.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rekey.testbed.functionshost.FunctionsHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What Event Grid, an operator and a reader send to the function app. */
final class Calls {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final FunctionsHost host;

  Calls(FunctionsHost host) {
    this.host = host;
  }

  /** Delivers an event as Event Grid does. */
  int deliver(String event) {
    return send(request("/runtime/webhooks/eventgrid?functionName=OnKeyEvent")
            .header("aeg-event-type", "Notification")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(event)))
        .statusCode();
  }

  HttpResponse<String> rotate(String cluster, String idempotencyKey, String reason) {
    String body = JSON.createObjectNode().put("kind", "rotate").put("reason", reason).toString();
    return change("/api/clusters/" + cluster + "/operations", idempotencyKey, body);
  }

  /** Lets all waves of a key go to its newest version. */
  HttpResponse<String> release(String key, String idempotencyKey, String reason) {
    String body = JSON.createObjectNode().put("reason", reason).toString();
    return change("/api/waves/" + key + "/release", idempotencyKey, body);
  }

  private HttpResponse<String> change(String path, String idempotencyKey, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", idempotencyKey)
            .header("X-MS-CLIENT-PRINCIPAL", operator())
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** What a rotation would do, for whoever may read. */
  JsonNode planRotation(String cluster) {
    return read(
        "/api/clusters/" + cluster + "/plan",
        request("/api/clusters/" + cluster + "/plan")
            .header("x-functions-key", "function")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"kind\":\"rotate\"}")));
  }

  /** As the platform's authentication hands on who has signed in. */
  private static String operator() {
    String claims =
        """
        {"auth_typ":"aad","name_typ":"name","role_typ":"roles","claims":[
          {"typ":"aud","val":"%s"},{"typ":"iss","val":"%s"},
          {"typ":"roles","val":"Rekey.Operator"},{"typ":"name","val":"Ana"},
          {"typ":"preferred_username","val":"ana@example.com"}]}
        """
            .formatted(AzureWorld.OPERATOR_AUDIENCE, AzureWorld.ISSUER);
    return Base64.getEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
  }

  JsonNode read(String path) {
    return read(path, request(path).header("x-functions-key", "function").GET());
  }

  private JsonNode read(String path, HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer = send(request);
      if (answer.statusCode() != 200) {
        throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpResponse<String> get(String path) {
    return send(request(path).header("x-functions-key", "function").GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(host.address() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
