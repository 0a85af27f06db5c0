package dev.rekey.testbed.transport;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;

/**
 * A transport whose requests arrive elsewhere: scheme, host and port change, everything else is as
 * the client made it. Nothing reaches a host that has no destination.
 */
public final class RedirectedTransport implements HttpClient {
  private final HttpClient transport;
  private final Destinations destinations;
  private final List<HttpRequest> requests = new CopyOnWriteArrayList<>();
  private volatile Predicate<HttpRequest> lose = request -> false;

  public RedirectedTransport(HttpClient transport, Destinations destinations) {
    this.transport = transport;
    this.destinations = destinations;
  }

  /** As the clients made them, in order. */
  public List<HttpRequest> requests() {
    return List.copyOf(requests);
  }

  /** The next request of this kind takes effect, and its answer never arrives. */
  public void loseNextAnswer(Predicate<HttpRequest> kind) {
    lose = kind;
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    return send(request, Context.NONE);
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request, Context context) {
    return transport.send(led(request), context).map(response -> received(request, response));
  }

  @Override
  public HttpResponse sendSync(HttpRequest request, Context context) {
    return received(request, transport.sendSync(led(request), context));
  }

  private HttpResponse received(HttpRequest request, HttpResponse response) {
    if (lose.test(request)) {
      lose = any -> false;
      response.close();
      throw new UncheckedIOException(new IOException("the answer is lost"));
    }
    return response;
  }

  private HttpRequest led(HttpRequest request) {
    requests.add(request);
    URI wanted = URI.create(request.getUrl().toString());
    URI there =
        destinations
            .of(wanted)
            .orElseThrow(() -> new AssertionError("no test may reach " + wanted.getHost()));
    try {
      return request.copy().setUrl(there.toURL());
    } catch (MalformedURLException impossible) {
      throw new IllegalArgumentException(impossible);
    }
  }
}
