package dev.rekey.kubernetes;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A network interceptor that keeps OkHttp from sending a request again by itself, which it does
 * after a 503 with {@code Retry-After: 0}: such a request counts twice at the API server, and when
 * to try again isn't its decision.
 */
final class SentOnce implements Interceptor {
  private static final String HEADER = "Retry-After";
  private static final String HIDDEN = "Rekey-Retry-After";

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String wish = response.header(HEADER);
    if (response.code() != 503 || wish == null) {
      return response;
    }
    return response.newBuilder().removeHeader(HEADER).header(HIDDEN, wish).build();
  }

  /** The header {@code Retry-After} as the server sent it. */
  static @Nullable String retryAfter(Response response) {
    return response.header(HIDDEN, response.header(HEADER));
  }
}
