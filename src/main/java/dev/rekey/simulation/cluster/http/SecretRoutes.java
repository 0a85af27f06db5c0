package dev.rekey.simulation.cluster.http;

import dev.rekey.reencryption.PatchMode;
import dev.rekey.simulation.cluster.etcd.SecretKey;
import dev.rekey.simulation.cluster.refusal.Refusal;
import dev.rekey.simulation.cluster.replica.ReadableSecret;
import dev.rekey.simulation.cluster.replica.SecretPage;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;

/** Requests for Secrets. */
final class SecretRoutes {
  private static final String MERGE_PATCH = "application/merge-patch+json";

  private SecretRoutes() {}

  static HttpReply list(SimulatedReplica replica, String prefix, ApiRequest request)
      throws Refusal {
    Representation wanted = Representation.of(request.accept());
    if (wanted == Representation.NONE_THAT_EXISTS) {
      return notAcceptable();
    }
    if (wanted == Representation.METADATA) {
      return notAcceptable(
          "you requested PartialObjectMetadata, but the requested object is a list"
              + " (*core.SecretList)");
    }
    SecretPage page = replica.lists().list(prefix, request.limit(), request.parameter("continue"));
    return HttpReply.json(200, SecretsJson.list(page, wanted == Representation.WHOLE));
  }

  static HttpReply one(SimulatedReplica replica, SecretKey key, ApiRequest request) throws Refusal {
    return switch (request.method()) {
      case "GET" -> answer(get(replica, key, request), request);
      case "PATCH" -> patch(replica, key, request);
      default ->
          StatusJson.of(405, "MethodNotAllowed", "the server does not allow this method here");
    };
  }

  private static ReadableSecret get(SimulatedReplica replica, SecretKey key, ApiRequest request)
      throws Refusal {
    boolean anyVersion = "0".equals(request.parameter("resourceVersion"));
    return anyVersion ? replica.secrets().getCached(key) : replica.secrets().get(key);
  }

  private static HttpReply patch(SimulatedReplica replica, SecretKey key, ApiRequest request)
      throws Refusal {
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
    return answer(replica.secrets().patch(key, mode), request);
  }

  /** Only now, as in a real server: a patch whose answer isn't acceptable has been carried out. */
  private static HttpReply answer(ReadableSecret secret, ApiRequest request) {
    return switch (Representation.of(request.accept())) {
      case METADATA -> HttpReply.json(200, SecretsJson.one(secret, false));
      case WHOLE -> HttpReply.json(200, SecretsJson.one(secret, true));
      case METADATA_LIST ->
          notAcceptable(
              "you requested PartialObjectMetadataList, but the requested object is not a list"
                  + " (*core.Secret)");
      case NONE_THAT_EXISTS -> notAcceptable();
    };
  }

  private static HttpReply notAcceptable() {
    return notAcceptable(
        "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, "
            + "application/vnd.kubernetes.protobuf");
  }

  private static HttpReply notAcceptable(String message) {
    return StatusJson.of(406, "NotAcceptable", message);
  }

  private static String mediaType(String contentType) {
    int parameters = contentType.indexOf(';');
    return (parameters < 0 ? contentType : contentType.substring(0, parameters)).trim();
  }
}
