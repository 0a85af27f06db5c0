package dev.rekey.kubernetes;

import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.SecretRef;
import java.io.IOException;
import java.time.InstantSource;
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

  private final HttpUrl server;
  private final PatchMode mode;
  private final InstantSource clock;

  EmptyPatch(HttpUrl server, PatchMode mode, InstantSource clock) {
    this.server = server;
    this.mode = mode;
    this.clock = clock;
  }

  static boolean canBeSent(SecretRef secret) {
    return PathSegment.canBe(secret.namespace()) && PathSegment.canBe(secret.name());
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
    return NamesOnly.request(url).patch(NOTHING).build();
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
            PatchedVersion.read(response.body().byteStream(), secret.name()));
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
