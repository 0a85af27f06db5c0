package dev.rekey.simulation.cluster.http;

import dev.rekey.reencryption.PatchMode;
import dev.rekey.simulation.cluster.etcd.SecretKey;
import dev.rekey.simulation.cluster.refusal.Refusal;
import dev.rekey.simulation.cluster.replica.ReadableSecret;
import dev.rekey.simulation.cluster.replica.SecretPage;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;

/** Requests for Secrets, answered by one API server. */
final class SecretRoutes {
  private static final String MERGE_PATCH = "application/merge-patch+json";

  private final SimulatedReplica replica;
  private final ApiRequest request;
  private final SecretReplies replies;

  SecretRoutes(SimulatedReplica replica, ApiRequest request) {
    this.replica = replica;
    this.request = request;
    this.replies = new SecretReplies(request, replica.now());
  }

  HttpReply list(String prefix) throws Refusal {
    HttpReply unacceptable = replies.refuseToList();
    if (unacceptable != null) {
      return unacceptable;
    }
    SecretPage page = replica.lists().list(prefix, request.limit(), request.parameter("continue"));
    return replies.page(page);
  }

  HttpReply one(SecretKey key) throws Refusal {
    return switch (request.method()) {
      case "GET" -> replies.secret(get(key));
      case "PATCH" -> patch(key);
      default ->
          StatusJson.of(405, "MethodNotAllowed", "the server does not allow this method here");
    };
  }

  private ReadableSecret get(SecretKey key) throws Refusal {
    boolean anyVersion = "0".equals(request.parameter("resourceVersion"));
    return anyVersion ? replica.secrets().getCached(key) : replica.secrets().get(key);
  }

  private HttpReply patch(SecretKey key) throws Refusal {
    if (!mediaType(request.contentType()).equals(MERGE_PATCH)) {
      return StatusJson.of(415, "UnsupportedMediaType", "415: Unsupported Media Type");
    }
    if (!request.body().trim().equals("{}")) {
      return StatusJson.of(400, "BadRequest", "the simulation knows empty patches only");
    }
    String dryRun = request.parameter("dryRun");
    if (dryRun != null && !dryRun.equals("All")) {
      return StatusJson.of(422, "Invalid", "dryRun: Unsupported value: supported values: \"All\"");
    }
    PatchMode mode = dryRun == null ? PatchMode.APPLY : PatchMode.DRY_RUN;
    return replies.secret(replica.secrets().patch(key, mode));
  }

  private static String mediaType(String contentType) {
    int parameters = contentType.indexOf(';');
    return (parameters < 0 ? contentType : contentType.substring(0, parameters)).trim();
  }
}
