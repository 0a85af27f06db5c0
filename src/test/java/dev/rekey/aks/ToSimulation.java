package dev.rekey.aks;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.net.MalformedURLException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Queue;
import reactor.core.publisher.Mono;

/**
 * The production transport, with every request led to the simulated Azure: {@code
 * https://host/path} goes to {@code http://127.0.0.1:port/host/path}.
 */
final class ToSimulation implements HttpClient {
  private final HttpClient transport = HttpClient.createDefault();
  private final URI front;
  private final Queue<Runnable> beforePut = new ArrayDeque<>();

  ToSimulation(URI front) {
    this.front = front;
  }

  /** What somebody else does between our read and our next change. */
  void beforeNextPut(Runnable action) {
    beforePut.add(action);
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    return transport.send(led(request));
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request, Context context) {
    return transport.send(led(request), context);
  }

  @Override
  public HttpResponse sendSync(HttpRequest request, Context context) {
    if (request.getHttpMethod() == HttpMethod.PUT && !beforePut.isEmpty()) {
      beforePut.remove().run();
    }
    return transport.sendSync(led(request), context);
  }

  private HttpRequest led(HttpRequest request) {
    String host = request.getUrl().getHost();
    String rest = request.getUrl().getFile();
    try {
      return request.copy().setUrl(URI.create(front + "/" + host + rest).toURL());
    } catch (MalformedURLException impossible) {
      throw new IllegalArgumentException(impossible);
    }
  }
}
