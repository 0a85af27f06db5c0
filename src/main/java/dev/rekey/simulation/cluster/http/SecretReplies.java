package dev.rekey.simulation.cluster.http;

import dev.rekey.simulation.cluster.replica.ReadableSecret;
import dev.rekey.simulation.cluster.replica.SecretPage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Secrets in the form that the caller accepts. */
final class SecretReplies {
  private static final String AVAILABLE =
      "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, "
          + "application/vnd.kubernetes.protobuf";

  private final Representation wanted;
  private final @Nullable String includeObject;
  private final Instant now;

  SecretReplies(ApiRequest request, Instant now) {
    this.wanted = Representation.of(request.accept());
    this.includeObject = request.parameter("includeObject");
    this.now = now;
  }

  /** Null if a list can be had in the form asked for. */
  @Nullable HttpReply refuseToList() {
    return switch (wanted) {
      case NONE_THAT_EXISTS -> notAcceptable(AVAILABLE);
      case METADATA ->
          notAcceptable(
              "you requested PartialObjectMetadata, but the requested object is a list"
                  + " (*core.SecretList)");
      case TABLE -> IncludeObject.of(includeObject) == null ? wrongInclude() : null;
      case METADATA_LIST, WHOLE -> null;
    };
  }

  HttpReply page(SecretPage page) {
    return wanted == Representation.TABLE
        ? table(page)
        : HttpReply.json(200, SecretsJson.list(page, wanted == Representation.WHOLE));
  }

  /**
   * As in a real server, only now: a patch whose answer isn't acceptable has been carried out all
   * the same.
   */
  HttpReply secret(ReadableSecret secret) {
    return switch (wanted) {
      case METADATA -> HttpReply.json(200, SecretsJson.one(secret, false));
      case WHOLE -> HttpReply.json(200, SecretsJson.one(secret, true));
      case TABLE -> table(SecretPage.of(secret));
      case METADATA_LIST ->
          notAcceptable(
              "you requested PartialObjectMetadataList, but the requested object is not a list"
                  + " (*core.Secret)");
      case NONE_THAT_EXISTS -> notAcceptable(AVAILABLE);
    };
  }

  private HttpReply table(SecretPage page) {
    IncludeObject include = IncludeObject.of(includeObject);
    return include == null
        ? wrongInclude()
        : HttpReply.json(200, TableJson.secrets(page, include, now));
  }

  private HttpReply wrongInclude() {
    return StatusJson.of(
        400,
        "BadRequest",
        "Unable to convert to Table as requested: includeObject: Invalid value: \""
            + includeObject
            + "\": must be 'Metadata', 'Object', 'None', or empty");
  }

  private static HttpReply notAcceptable(String message) {
    return StatusJson.of(406, "NotAcceptable", message);
  }
}
