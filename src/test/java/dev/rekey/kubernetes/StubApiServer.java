package dev.rekey.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** An HTTPS server on loopback that answers as told and remembers what it was asked. */
final class StubApiServer implements AutoCloseable {

  /** One request as it came over the wire. */
  record Received(
      String method, String uri, Map<String, List<String>> headers, String body, int fromPort) {
    String header(String name) {
      return String.join(" | ", headers.getOrDefault(name, List.of()));
    }
  }

  /** An answer. A length that differs from the body's cuts the body off. */
  record Answer(int code, String body, Map<String, String> headers, long length) {
    static Answer of(int code, String body) {
      return new Answer(code, body, Map.of(), body.getBytes(StandardCharsets.UTF_8).length);
    }

    Answer with(String header, String value) {
      return new Answer(code, body, Map.of(header, value), length);
    }

    Answer promising(long more) {
      return new Answer(code, body, headers, length + more);
    }
  }

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = new CopyOnWriteArrayList<>();

  StubApiServer(Function<Received, Answer> answers) {
    this(answers, false);
  }

  StubApiServer(Function<Received, Answer> answers, boolean clientCertificate) {
    try {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setHttpsConfigurator(new Tls(context(), clientCertificate));
      server.setExecutor(threads);
      server.createContext("/", exchange -> handle(exchange, answers));
      server.start();
    } catch (IOException | GeneralSecurityException failed) {
      throw new IllegalStateException(failed);
    }
  }

  static SSLContext context() throws GeneralSecurityException, IOException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(Identity.SERVER.store, Identity.PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("client", Identity.CLIENT.store.getCertificate("client"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static final class Tls extends HttpsConfigurator {
    private final boolean clientCertificate;

    Tls(SSLContext context, boolean clientCertificate) {
      super(context);
      this.clientCertificate = clientCertificate;
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
      ssl.setNeedClientAuth(clientCertificate);
      parameters.setSSLParameters(ssl);
    }
  }

  private void handle(HttpExchange exchange, Function<Received, Answer> answers)
      throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Received request =
        new Received(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            Map.copyOf(exchange.getRequestHeaders()),
            body,
            exchange.getRemoteAddress().getPort());
    received.add(request);
    Answer answer = answers.apply(request);
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.sendResponseHeaders(answer.code(), answer.length() == 0 ? -1 : answer.length());
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(answer.body().getBytes(StandardCharsets.UTF_8));
    } finally {
      exchange.close();
    }
  }

  String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Received> received() {
    return received;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
