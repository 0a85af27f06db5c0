package dev.rekey.aks;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests to ARM as JSON. Every method throws {@code OutsideFault}. */
final class ArmRequests {
  /**
   * The stable version that the typed client speaks as well. Reading and changing use the same one:
   * a body read by another version could lack what this one would then take away.
   */
  static final String API_VERSION = "2025-09-01";

  private static final HttpHeaderName ASYNC_OPERATION =
      HttpHeaderName.fromString("Azure-AsyncOperation");

  private final ArmHost host;
  private final ArmPipelines pipelines;

  ArmRequests(ArmHost host, ArmPipelines pipelines) {
    this.host = host;
    this.pipelines = pipelines;
  }

  /** The address of a resource, or of an action on it. */
  String address(ArmScope scope, String action, String query) {
    return address(scope.id() + action, API_VERSION, query);
  }

  /**
   * The address of anything else.
   *
   * @param path made of checked ids
   * @param filter the value of {@code $filter}; empty for none
   */
  String address(String path, ArmVersion version, String filter) {
    return address(path, version.text(), filter.isEmpty() ? "" : "&$filter=" + filter);
  }

  private String address(String path, String version, String query) {
    try {
      String all = "api-version=" + version + query;
      return new URI("https", host.name(), path, all, null).toASCIIString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("a checked id makes an address", impossible);
    }
  }

  String address(ArmScope cluster) {
    return address(cluster, "", "");
  }

  ObjectNode get(String doing, String address) {
    return object(doing, pipelines.reading(), new HttpRequest(HttpMethod.GET, address));
  }

  /** A POST that only reads. */
  ObjectNode post(String doing, String address) {
    HttpRequest request =
        new HttpRequest(HttpMethod.POST, address).setHeader(HttpHeaderName.CONTENT_LENGTH, "0");
    return object(doing, pipelines.reading(), request);
  }

  /** Sends a part of a body once, whatever the resource is like meanwhile. */
  void patch(String doing, String address, ObjectNode part) {
    HttpRequest request =
        new HttpRequest(HttpMethod.PATCH, address)
            .setHeader(HttpHeaderName.CONTENT_TYPE, "application/json")
            .setBody(ArmJson.bytes(part));
    send(doing, pipelines.changing(), request).close();
  }

  /**
   * Sends a whole body once, on condition of its ETag.
   *
   * @return the address of the asynchronous operation; empty if ARM names none, or one at another
   *     host, which could only be asked by handing it a token
   */
  Optional<String> put(String doing, String address, ObjectNode body, String etag) {
    HttpRequest request =
        new HttpRequest(HttpMethod.PUT, address)
            .setHeader(HttpHeaderName.CONTENT_TYPE, "application/json")
            .setHeader(HttpHeaderName.IF_MATCH, etag)
            .setBody(ArmJson.bytes(body));
    try (HttpResponse response = send(doing, pipelines.changing(), request)) {
      return Optional.ofNullable(response.getHeaderValue(ASYNC_OPERATION)).filter(host::owns);
    }
  }

  private static ObjectNode object(String doing, HttpPipeline pipeline, HttpRequest request) {
    try (HttpResponse response = send(doing, pipeline, request)) {
      @Nullable BinaryData body = response.getBodyAsBinaryData();
      return ArmJson.parse(body == null ? new byte[0] : body.toBytes())
          .orElseThrow(() -> ArmFaults.malformed(doing, "its answer isn't a JSON object"));
    } catch (RuntimeException failure) {
      throw ArmFaults.ofFailure(doing, failure);
    }
  }

  private static HttpResponse send(String doing, HttpPipeline pipeline, HttpRequest request) {
    Context context = Doing.context(doing);
    try {
      return pipeline.sendSync(
          request.setHeader(HttpHeaderName.ACCEPT, "application/json"), context);
    } catch (RuntimeException failure) {
      throw ArmFaults.ofFailure(doing, failure);
    }
  }
}
