package dev.rekey.testbed.functionshost.http;

import com.microsoft.azure.functions.HttpMethod;
import dev.rekey.testbed.functionshost.PackagedApp;
import dev.rekey.testbed.functionshost.PackagedFunction;
import dev.rekey.testbed.functionshost.worker.CallResult;
import dev.rekey.testbed.functionshost.worker.Calls;
import dev.rekey.testbed.functionshost.worker.GivenResponse;
import dev.rekey.testbed.functionshost.worker.ReceivedRequest;
import dev.rekey.testbed.functionshost.worker.TriggerInput;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Requests for HTTP functions, by route and method. */
final class HttpTriggers {
  private static final int NOT_FOUND = 404;
  private static final int UNAUTHORIZED = 401;
  private static final int FAILED = 500;

  private final List<Routed> functions;
  private final HostKeys keys;
  private final Calls calls;

  private record Routed(PackagedFunction function, Route route) {
    boolean takes(String method) {
      return function.methods().isEmpty() || function.methods().contains(method);
    }
  }

  private record Matched(PackagedFunction function, Map<String, String> parameters) {}

  HttpTriggers(PackagedApp app, HostKeys keys, Calls calls) {
    String prefix = app.hostJson().routePrefix();
    this.functions =
        app.functions().stream()
            .filter(function -> function.trigger().isOf("httpTrigger"))
            .map(function -> new Routed(function, Route.of(prefix, function.route())))
            .sorted(Comparator.comparing(routed -> routed.route().rank()))
            .toList();
    this.keys = keys;
    this.calls = calls;
  }

  HostAnswer answer(HostRequest request) {
    Optional<Matched> found =
        functions.stream()
            .filter(routed -> routed.takes(request.method()))
            .flatMap(routed -> matched(routed, request))
            .findFirst();
    if (found.isEmpty()) {
      return HostAnswer.empty(NOT_FOUND);
    }
    if (!keys.open(found.get().function().authLevel(), request)) {
      return HostAnswer.empty(UNAUTHORIZED);
    }
    CallResult result =
        calls.run(
            found.get().function(),
            "This function was programmatically called via the host APIs.",
            input(request, found.get().parameters()));
    return result.succeeded() ? answer(result.returned()) : HostAnswer.empty(FAILED);
  }

  private static Stream<Matched> matched(Routed routed, HostRequest request) {
    return routed.route().match(request.segments()).stream()
        .map(parameters -> new Matched(routed.function(), parameters));
  }

  /** Route parameters win over those of the query where both have a name. */
  static TriggerInput input(HostRequest request, Map<String, String> parameters) {
    Map<String, Object> bindingData = new HashMap<>(request.query());
    bindingData.putAll(parameters);
    ReceivedRequest received =
        new ReceivedRequest(
            HttpMethod.value(request.method()),
            request.uri(),
            request.headers(),
            request.query(),
            request.body().isEmpty() ? null : request.body());
    return new TriggerInput(received, bindingData);
  }

  private static HostAnswer answer(Object returned) {
    if (returned == null) {
      return HostAnswer.empty(200);
    }
    if (!(returned instanceof GivenResponse response)) {
      return HostAnswer.text(200, returned.toString());
    }
    Map<String, String> headers = new HashMap<>(response.headers());
    Object body = response.getBody();
    if (body instanceof String && response.getHeader("Content-Type") == null) {
      headers.put("Content-Type", "text/plain; charset=utf-8");
    }
    return new HostAnswer(response.getStatusCode(), headers, bytes(body));
  }

  private static byte[] bytes(Object body) {
    if (body == null) {
      return new byte[0];
    }
    if (body instanceof byte[] bytes) {
      return bytes;
    }
    if (body instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    throw new IllegalArgumentException(
        "this host sends bodies of String and byte[], not " + body.getClass().getName());
  }
}
