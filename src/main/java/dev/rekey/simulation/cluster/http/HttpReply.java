package dev.rekey.simulation.cluster.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An answer on its way out. */
final class HttpReply {
  private static final String PLAIN = "text/plain; charset=utf-8";

  private final int code;
  private final String contentType;
  private final byte[] body;
  private final @Nullable Duration retryAfter;

  private HttpReply(int code, String contentType, byte[] body, @Nullable Duration retryAfter) {
    this.code = code;
    this.contentType = contentType;
    this.body = body;
    this.retryAfter = retryAfter;
  }

  static HttpReply json(int code, byte[] body) {
    return new HttpReply(code, "application/json", body, null);
  }

  static HttpReply text(int code, String body) {
    return text(code, PLAIN, body);
  }

  static HttpReply text(int code, String contentType, String body) {
    return new HttpReply(code, contentType, body.getBytes(StandardCharsets.UTF_8), null);
  }

  HttpReply after(@Nullable Duration wait) {
    return new HttpReply(code, contentType, body, wait);
  }

  int code() {
    return code;
  }

  String contentType() {
    return contentType;
  }

  byte[] body() {
    return body;
  }

  /** Null if the caller isn't asked to wait. */
  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
