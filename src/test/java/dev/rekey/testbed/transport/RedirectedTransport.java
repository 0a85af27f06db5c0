package dev.rekey.testbed.transport;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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
  private volatile Predicate<HttpRequest> awaited = request -> false;
  private volatile Runnable before = () -> {};

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

  /** Happens once, before the next request of this kind is sent. */
  public void beforeNext(Predicate<HttpRequest> kind, Runnable what) {
    before = what;
    awaited = kind;
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
    if (awaited.test(request)) {
      awaited = any -> false;
      before.run();
    }
    URI wanted = URI.create(request.getUrl().toString());
    URI there =
        destinations
            .of(wanted)
            .orElseThrow(() -> new AssertionError("no test may reach " + wanted.getHost()));
    try {
      return withBatch(request.copy().setUrl(there.toURL()), wanted, there);
    } catch (MalformedURLException impossible) {
      throw new IllegalArgumentException(impossible);
    }
  }

  /** A transaction of a table names the address of each row in its body. */
  private static HttpRequest withBatch(HttpRequest copy, URI wanted, URI there) {
    String type = copy.getHeaders().getValue(HttpHeaderName.CONTENT_TYPE);
    if (type == null || !type.startsWith("multipart/mixed")) {
      return copy;
    }
    String from = "https://" + wanted.getHost() + "/";
    String path = wanted.getRawPath();
    String to = there.toString().replaceFirst(Pattern.quote(path.substring(1)) + ".*", "");
    String body = copy.getBodyAsBinaryData().toString().replace(from, to);
    return copy.setBody(BinaryData.fromString(body));
  }
}
