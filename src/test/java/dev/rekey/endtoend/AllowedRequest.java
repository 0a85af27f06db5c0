package dev.rekey.endtoend;

import dev.rekey.testbed.Conversation.Request;
import java.util.List;

/** Everything that Rekey ever asks of an API server. What isn't here is a new promise to make. */
enum AllowedRequest {
  NAMESPACES("GET", "/api/v1/namespaces\\?limit=500(&continue=[^&]+)?&includeObject=None", "", ""),
  SECRETS(
      "GET",
      "/api/v1/namespaces/[a-z0-9-]+/secrets\\?limit=[1-9][0-9]{0,2}(&continue=[^&]+)?&includeObject=None",
      "",
      ""),
  PATCH(
      "PATCH",
      "/api/v1/namespaces/[a-z0-9-]+/secrets/[a-z0-9.-]+\\?fieldManager=rekey&includeObject=None",
      "application/merge-patch+json",
      "{}"),
  DRY_PATCH(
      "PATCH",
      "/api/v1/namespaces/[a-z0-9-]+/secrets/[a-z0-9.-]+"
          + "\\?fieldManager=rekey&dryRun=All&includeObject=None",
      "application/merge-patch+json",
      "{}"),
  LEASES(
      "GET",
      "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases"
          + "\\?labelSelector=(apiserver.kubernetes.io%2Fidentity|k8s.io%2Fcomponent)"
          + "%3Dkube-apiserver",
      "",
      ""),
  METRICS("GET", "/metrics", "", "");

  private final String method;
  private final String target;
  private final String type;
  private final String body;

  AllowedRequest(String method, String target, String type, String body) {
    this.method = method;
    this.target = target;
    this.type = type;
    this.body = body;
  }

  /** The one that this is; fails if there is none. */
  static AllowedRequest of(Request request) {
    for (AllowedRequest allowed : values()) {
      if (allowed.is(request)) {
        return allowed;
      }
    }
    throw new AssertionError("nobody allowed this request: " + request);
  }

  private boolean is(Request request) {
    return method.equals(request.method())
        && request.target().matches(target)
        && request.header("Accept").equals(List.of(accept()))
        && request.header("Content-Type").equals(type.isEmpty() ? List.of() : List.of(type))
        && request.body().equals(body);
  }

  /** For whatever has to do with Secrets, tables and nothing beside them. */
  private String accept() {
    return switch (this) {
      case NAMESPACES, SECRETS, PATCH, DRY_PATCH -> "application/json;as=Table;g=meta.k8s.io;v=v1";
      case LEASES -> "application/json";
      case METRICS -> "text/plain;version=0.0.4";
    };
  }
}
