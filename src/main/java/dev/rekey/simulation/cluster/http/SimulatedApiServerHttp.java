package dev.rekey.simulation.cluster.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.rekey.simulation.cluster.Connection;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.cluster.refusal.Refusals;
import dev.rekey.simulation.time.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * All API servers of a simulated cluster behind one address on this machine, over real HTTP.
 *
 * <p>The model is for one thread, so one lock is around it; whoever touches the cluster while this
 * runs has to go through {@link #exclusively}. Requests take the time that they take, not virtual
 * time: that follows the clock given.
 */
public final class SimulatedApiServerHttp implements AutoCloseable {
  private static final int THREADS = 32;

  static {
    // The JDK's server sends header and body apart, and without this the second waits 40 ms for an
    // acknowledgement of the
    // first. It looks at the property once, when the first server of the whole process is made.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final SimulatedCluster cluster;
  private final InstantSource clock;
  private final Routes routes;
  private final ConnectionTable connections;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Object lock = new Object();
  private final HttpServer server;
  private final ExecutorService threads;
  private final String scheme;

  /**
   * Starts listening on a free port of the loopback address.
   *
   * @param clock what virtual time follows; the cluster's own {@link VirtualTime} to leave it alone
   * @param token the bearer token that every request has to carry
   * @param tls for HTTPS; null for HTTP
   */
  public SimulatedApiServerHttp(
      SimulatedCluster cluster, InstantSource clock, String token, @Nullable SSLContext tls)
      throws IOException {
    this.cluster = cluster;
    this.clock = clock;
    this.routes = new Routes(cluster, token);
    this.connections = new ConnectionTable(cluster.loadBalancer());
    this.scheme = tls == null ? "http" : "https";
    this.server = listen(tls);
    this.threads = Executors.newFixedThreadPool(THREADS, SimulatedApiServerHttp::daemon);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Over HTTP. */
  public SimulatedApiServerHttp(SimulatedCluster cluster, InstantSource clock, String token)
      throws IOException {
    this(cluster, clock, token, null);
  }

  /** Where it listens, without a path. */
  public URI address() {
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Does something to the cluster, or looks at it, while no request does. */
  public <T> T exclusively(Supplier<T> action) {
    synchronized (lock) {
      cluster.time().advanceTo(clock.instant());
      return action.get();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      ApiRequest request = ApiRequest.of(exchange);
      HttpReply reply = answer(exchange.getRemoteAddress(), request);
      if (reply != null) {
        send(exchange, reply);
      } // Else the connection is closed without an answer, as when a server dies.
    }
  }

  private @Nullable HttpReply answer(InetSocketAddress client, ApiRequest request) {
    int most = cluster.shape().settings().maxInFlight();
    try {
      boolean tooMany = inFlight.incrementAndGet() > most && most > 0;
      return tooMany ? StatusJson.of(Refusals.throttled()) : answerInTurn(client, request);
    } finally {
      inFlight.decrementAndGet();
    }
  }

  private @Nullable HttpReply answerInTurn(InetSocketAddress client, ApiRequest request) {
    synchronized (lock) {
      cluster.time().advanceTo(clock.instant());
      Connection connection = connections.find(client);
      return connection == null ? null : routes.answer(connection.replica(), request);
    }
  }

  private static void send(HttpExchange exchange, HttpReply reply) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", reply.contentType());
    if (reply.retryAfter() != null) {
      String seconds = Long.toString(reply.retryAfter().toSeconds());
      exchange.getResponseHeaders().set("Retry-After", seconds);
    }
    byte[] body = reply.body();
    exchange.sendResponseHeaders(reply.code(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static HttpServer listen(@Nullable SSLContext tls) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    if (tls == null) {
      return HttpServer.create(anyPort, 0);
    }
    HttpsServer server = HttpsServer.create(anyPort, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return server;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "simulated-api-server");
    thread.setDaemon(true);
    return thread;
  }
}
