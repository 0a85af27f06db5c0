package dev.rekey.testbed.functionshost.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rekey.testbed.functionshost.HostLog;
import dev.rekey.testbed.functionshost.HostOptions;
import dev.rekey.testbed.functionshost.PackagedApp;
import dev.rekey.testbed.functionshost.worker.Calls;
import dev.rekey.testbed.functionshost.worker.Health;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** The host's one HTTP port, on loopback. */
public final class HttpFront {
  private static final int FAILED = 500;
  private static final int NOT_FOUND = 404;
  private static final int UNWELL = 503;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpTriggers functions;
  private final EventGridWebhook events;
  private final AdminRuns admin;
  private final Health health;
  private final Consumer<String> hold;
  private final Consumer<String> release;

  /**
   * @param hold fetches no more messages for a function
   * @param release undoes that
   */
  public HttpFront(
      PackagedApp app,
      HostOptions options,
      Calls calls,
      Health health,
      Consumer<String> hold,
      Consumer<String> release) {
    HostKeys keys = HostKeys.of(options);
    this.functions = new HttpTriggers(app, keys, calls);
    this.events =
        new EventGridWebhook(app, keys, calls, threads, options.flag("duplicate-events", false));
    this.admin = new AdminRuns(app, keys, calls, threads);
    this.health = health;
    this.hold = hold;
    this.release = release;
  }

  /** Begins to listen and returns the address, without a slash at its end. */
  public String start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(threads);
      server.createContext("/", this::handle);
      server.start();
      return "http://127.0.0.1:" + server.getAddress().getPort();
    } catch (IOException e) {
      throw new IllegalStateException("cannot listen on loopback", e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    HostAnswer answer;
    try {
      answer = answer(HostRequest.of(exchange));
    } catch (RuntimeException e) {
      HostLog.say("The host itself failed at " + exchange.getRequestURI(), e);
      answer = HostAnswer.text(FAILED, "the host itself failed: see its log");
    }
    answer.send(exchange);
  }

  private HostAnswer answer(HostRequest request) {
    if (request.startsWith("runtime", "webhooks", "eventgrid")) {
      return events.answer(request);
    }
    if (request.startsWith("admin", "functions")) {
      return admin.answer(request);
    }
    return request.startsWith("testbed") ? control(request) : functions.answer(request);
  }

  /** Not of the real host: for tests, under {@code /testbed}. */
  private HostAnswer control(HostRequest request) {
    String function = request.query().getOrDefault("function", "");
    if (request.startsWith("testbed", "health")) {
      String troubles = String.join("\n", health.troubles());
      return HostAnswer.text(troubles.isEmpty() ? 200 : UNWELL, troubles);
    }
    if (request.startsWith("testbed", "hold")) {
      hold.accept(function);
      return HostAnswer.empty(200);
    }
    if (request.startsWith("testbed", "release")) {
      release.accept(function);
      return HostAnswer.empty(200);
    }
    return HostAnswer.empty(NOT_FOUND);
  }
}
