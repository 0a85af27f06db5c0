package dev.rekey.storage;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * A transport on which writes fail as they are told to, one after the other; reads fail on demand
 * too. Faults that are left over are for the tries that follow.
 */
final class FaultyTransport implements HttpClient {

  /** What happens to one request. */
  interface Fault {
    HttpResponse send(HttpClient transport, HttpRequest request, Context context);
  }

  /** It takes effect, and its answer never arrives. */
  static final Fault ANSWER_LOST =
      (transport, request, context) -> {
        transport.sendSync(request, context).close();
        throw new UncheckedIOException(new IOException("the connection broke"));
      };

  /** It never arrives. */
  static final Fault NO_CONNECTION =
      (transport, request, context) -> {
        throw new UncheckedIOException(new ConnectException("refused"));
      };

  /** Nobody knows how far it came; here it did not arrive. */
  static final Fault BROKEN_BEFORE =
      (transport, request, context) -> {
        throw new UncheckedIOException(new IOException("the connection broke"));
      };

  static final Fault NONE = HttpClient::sendSync;

  private final HttpClient transport;
  private final Deque<Fault> ofWrites = new ArrayDeque<>();
  private Fault ofReads = NONE;
  private int writes;
  private int reads;

  FaultyTransport(HttpClient transport) {
    this.transport = transport;
  }

  static Fault answered(int status, Map<String, String> headers) {
    return (transport, request, context) -> new CannedAnswer(request, status, headers, "");
  }

  /** It takes effect, something else happens, and its answer never arrives. */
  static Fault answerLostAfter(Runnable something) {
    return (transport, request, context) -> {
      transport.sendSync(request, context).close();
      something.run();
      throw new UncheckedIOException(new IOException("the connection broke"));
    };
  }

  void nextWrites(Fault... faults) {
    ofWrites.clear();
    ofWrites.addAll(List.of(faults));
    writes = 0;
    reads = 0;
  }

  void everyRead(Fault fault) {
    ofReads = fault;
  }

  int writes() {
    return writes;
  }

  int reads() {
    return reads;
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    return Mono.fromCallable(() -> sendSync(request, Context.NONE));
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request, Context context) {
    return Mono.fromCallable(() -> sendSync(request, context));
  }

  @Override
  public synchronized HttpResponse sendSync(HttpRequest request, Context context) {
    if (request.getHttpMethod() == HttpMethod.GET) {
      reads++;
      return ofReads.send(transport, request, context);
    }
    writes++;
    Fault fault = ofWrites.isEmpty() ? NONE : ofWrites.poll();
    return fault.send(transport, request, context);
  }
}
