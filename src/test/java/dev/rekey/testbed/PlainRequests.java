package dev.rekey.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;

/**
 * Authorised requests to one address, one answer each: no retry, no redirect, no client library, so
 * that a test sees what the API server really said. HTTP/2 over one connection.
 */
public final class PlainRequests {
  public static final String MERGE_PATCH = "application/merge-patch+json";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final String url;
  private final String token;
  private final SSLContext trust;
  private final HttpClient http;

  PlainRequests(String url, String token, SSLContext trust) {
    this.url = url;
    this.token = token;
    this.trust = trust;
    this.http = HttpClient.newBuilder().sslContext(trust).connectTimeout(TIMEOUT).build();
  }

  /** An API server's answer, whatever its status. */
  public record Answer(int status, String body) {
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** This answer when its status is 2xx; fails with what the API server said otherwise. */
    public Answer expectSuccess() {
      if (status / 100 != 2) {
        throw new IllegalStateException("the API server answered %d: %s".formatted(status, body));
      }
      return this;
    }
  }

  /** The same address and user over a connection of its own: behind a balancer, another replica. */
  public PlainRequests onFreshConnection() {
    return new PlainRequests(url, token, trust);
  }

  public Answer get(String path) {
    return join(send("GET", path, "", ""));
  }

  /** Asks for another form of the answer than plain JSON. */
  public Answer getAs(String accept, String path) {
    return join(answer(request(path).header("Accept", accept).GET()));
  }

  public Answer post(String path, String json) {
    return join(send("POST", path, "application/json", json));
  }

  public Answer put(String path, String json) {
    return join(send("PUT", path, "application/json", json));
  }

  public Answer mergePatch(String path, String json) {
    return join(send("PATCH", path, MERGE_PATCH, json));
  }

  public Answer delete(String path) {
    return join(send("DELETE", path, "", ""));
  }

  /** The request that the whole product is about, in its plainest form. */
  public Answer emptyPatch(String namespace, String name) {
    return mergePatch(secretPath(namespace, name), "{}");
  }

  public Metrics metrics() {
    return new Metrics(get("/metrics").expectSuccess().body());
  }

  public static String secretPath(String namespace, String name) {
    return "/api/v1/namespaces/" + namespace + "/secrets/" + name;
  }

  /**
   * Sends without waiting. At most 100 at a time over one connection: that many streams the API
   * server allows, and the JDK's client fails beyond.
   */
  public CompletableFuture<Answer> send(String method, String path, String type, String body) {
    HttpRequest.Builder request =
        request(path)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return answer(request);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(TIMEOUT)
        .header("Authorization", "Bearer " + token);
  }

  private CompletableFuture<Answer> answer(HttpRequest.Builder request) {
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
        .thenApply(response -> new Answer(response.statusCode(), response.body()));
  }

  private static Answer join(CompletableFuture<Answer> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException unreachable) {
        throw new UncheckedIOException(unreachable);
      }
      throw e;
    }
  }
}
