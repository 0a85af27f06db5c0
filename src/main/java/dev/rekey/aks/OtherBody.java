package dev.rekey.aks;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An answer with another body than the one that came. */
final class OtherBody extends HttpResponse {
  private final HttpResponse answer;
  private final byte[] body;

  OtherBody(HttpResponse answer, byte[] body) {
    super(answer.getRequest());
    this.answer = answer;
    this.body = body.clone();
  }

  @Override
  public int getStatusCode() {
    return answer.getStatusCode();
  }

  @Override
  @Deprecated
  public String getHeaderValue(String name) {
    return answer.getHeaderValue(HttpHeaderName.fromString(name));
  }

  @Override
  public HttpHeaders getHeaders() {
    return answer.getHeaders();
  }

  @Override
  public Flux<ByteBuffer> getBody() {
    return Flux.just(ByteBuffer.wrap(body));
  }

  @Override
  public Mono<byte[]> getBodyAsByteArray() {
    return Mono.just(body.clone());
  }

  @Override
  public Mono<String> getBodyAsString() {
    return getBodyAsString(StandardCharsets.UTF_8);
  }

  @Override
  public Mono<String> getBodyAsString(Charset charset) {
    return Mono.just(new String(body, charset));
  }

  @Override
  public void close() {
    answer.close();
  }
}
