package dev.rekey.kubernetes;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Puts the bearer token on each request. A pass can outlive a token (those of Entra live for an
 * hour, and client-java asks for one only when it connects), so a token is asked for anew once it
 * is old, and once more when the server answers 401.
 */
final class BearerTokens implements Interceptor {
  /**
   * So that a server that answers 401 to everything does not start a credential plugin per request.
   */
  private static final Duration LEAST_AGE = Duration.ofSeconds(10);

  private final TokenSource source;
  private final Duration mostAge;
  private final InstantSource clock;
  private @Nullable String token;
  private Instant askedAt = Instant.MIN;

  /**
   * @param mostAge how old a token may get before it is asked for anew, whatever the server says
   */
  BearerTokens(TokenSource source, Duration mostAge, InstantSource clock) {
    this.source = source;
    this.mostAge = mostAge;
    this.clock = clock;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    String first = current();
    Response answer = chain.proceed(with(first, chain.request()));
    if (answer.code() != 401) {
      return answer;
    }
    String second = insteadOf(first);
    if (second.equals(first)) {
      return answer;
    }
    answer.close();
    return chain.proceed(with(second, chain.request()));
  }

  private static Request with(String token, Request request) {
    return request.newBuilder().header("Authorization", "Bearer " + token).build();
  }

  private synchronized String current() throws IOException {
    String known = token;
    return known == null || olderThan(mostAge) ? renewed() : known;
  }

  /**
   * Two requests can be refused with the same token at the same time: only the first asks for
   * another.
   */
  private synchronized String insteadOf(String refused) throws IOException {
    String known = token;
    if (known != null && (!known.equals(refused) || !olderThan(LEAST_AGE))) {
      return known;
    }
    return renewed();
  }

  private boolean olderThan(Duration age) {
    return askedAt.plus(age).isBefore(clock.instant());
  }

  private String renewed() throws IOException {
    String fresh = source.token().strip();
    if (!isToken(fresh)) {
      throw new CredentialUnavailable(
          "the credential gave an empty token, or one that no header can carry");
    }
    token = fresh;
    askedAt = clock.instant();
    return fresh;
  }

  /** Whether a header can carry it: OkHttp's complaint would come from the middle of a call. */
  static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 127);
  }
}
