package dev.rekey.simulation.azure.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Azure's services behind one port of this machine, over real HTTP. A client is pointed here by its
 * transport, which puts the host that it meant in front of the path: {@code
 * https://example.vault.azure.net/keys/k} becomes {@code
 * http://127.0.0.1:<port>/example.vault.azure.net/keys/k}.
 */
public final class SimulatedAzureHttp implements AutoCloseable {
  private static final int THREADS = 16;

  static {
    // The JDK's server sends header and body apart, and without this the second waits 40 ms for an
    // acknowledgement of the first. It looks at the property once, when the first server is made.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Map<String, AzureService> services = new ConcurrentHashMap<>();
  private final HttpServer server;
  private final ExecutorService threads;

  /** Starts listening on a free port of the loopback address. */
  public SimulatedAzureHttp() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    threads = Executors.newFixedThreadPool(THREADS, SimulatedAzureHttp::daemon);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Puts a service behind every host with a suffix.
   *
   * @param hostSuffix a whole host, or the end of many, such as {@code .vault.azure.net}
   */
  public SimulatedAzureHttp serve(String hostSuffix, AzureService service) {
    services.put(hostSuffix, service);
    return this;
  }

  /** Where it listens, without a path. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      AzureRequest request = AzureRequest.of(exchange);
      AzureAnswer answer = service(request.host()).answer(request);
      answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private AzureService service(String host) {
    return services.entrySet().stream()
        .filter(entry -> host.endsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(request -> AzureAnswer.json(404, "{\"error\":{\"code\":\"NoSuchHost\"}}"));
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "simulated-azure");
    thread.setDaemon(true);
    return thread;
  }
}
