package dev.rekey.kubernetes;

import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.SecretRef;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The request at the heart of it all, and its answer. */
final class EmptyPatch {
  /**
   * Bytes, not text: OkHttp puts a charset on the media type of a text, which the API server
   * refuses (415).
   */
  private static final RequestBody NOTHING =
      RequestBody.create(new byte[] {'{', '}'}, MediaType.get("application/merge-patch+json"));

  /**
   * Alone: with a plain {@code application/json} beside it the server may answer with the whole
   * Secret.
   */
  private static final String METADATA_ONLY =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

  private final HttpUrl server;
  private final PatchMode mode;
  private final InstantSource clock;

  EmptyPatch(HttpUrl server, PatchMode mode, InstantSource clock) {
    this.server = server;
    this.mode = mode;
    this.clock = clock;
  }

  /**
   * Whether a path can be made of both names. {@code .} and {@code ..} would name something else.
   */
  static boolean canBeSent(SecretRef secret) {
    return isSegment(secret.namespace()) && isSegment(secret.name());
  }

  private static boolean isSegment(String name) {
    return !name.isEmpty() && !List.of(".", "..").contains(name);
  }

  Request request(SecretRef secret) {
    HttpUrl.Builder url =
        server
            .newBuilder()
            .addPathSegments("api/v1/namespaces")
            .addPathSegment(secret.namespace())
            .addPathSegment("secrets")
            .addPathSegment(secret.name())
            .addQueryParameter("fieldManager", "rekey");
    if (mode == PatchMode.DRY_RUN) {
      url.addQueryParameter("dryRun", "All");
    }
    return new Request.Builder()
        .url(url.build())
        .header("Accept", METADATA_ONLY)
        .patch(NOTHING)
        .build();
  }

  /**
   * Reads and closes the answer.
   *
   * @throws IOException if it breaks off
   */
  PatchAnswer answer(SecretRef secret, Response response) throws IOException {
    try (response) {
      if (response.isSuccessful()) {
        return new PatchAnswer.Patched(
            PatchedMetadata.resourceVersion(response.body().byteStream()));
      }
      Refusal refusal = Refusal.read(response.body().byteStream());
      return PatchAnswers.ofRefusal(
          response.code(),
          refusal,
          secret.name(),
          RetryAfter.parse(SentOnce.retryAfter(response), clock.instant()));
    }
  }

  /** For a Secret whose names can't be sent. */
  static PatchAnswer unsendable() {
    return new PatchAnswer.Refused(ExceptionReason.REJECTED, null);
  }
}
