package dev.rekey.testbed.functionshost.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.testbed.functionshost.JsonText;
import dev.rekey.testbed.functionshost.PackagedApp;
import dev.rekey.testbed.functionshost.PackagedFunction;
import dev.rekey.testbed.functionshost.worker.CallResult;
import dev.rekey.testbed.functionshost.worker.Calls;
import dev.rekey.testbed.functionshost.worker.TriggerInput;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** {@code /runtime/webhooks/eventgrid?functionName=X}, in the order of the real extension. */
final class EventGridWebhook {
  private static final int ACCEPTED = 202;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;
  private static final int FAILED = 500;

  private final PackagedApp app;
  private final HostKeys keys;
  private final Calls calls;
  private final Executor threads;
  private final boolean twice;

  /**
   * @param twice whether each event is handed over a second time
   */
  EventGridWebhook(PackagedApp app, HostKeys keys, Calls calls, Executor threads, boolean twice) {
    this.app = app;
    this.keys = keys;
    this.calls = calls;
    this.threads = threads;
    this.twice = twice;
  }

  HostAnswer answer(HostRequest request) {
    if (!keys.mayDeliver(request)) {
      return HostAnswer.empty(UNAUTHORIZED);
    }
    String name = request.query().getOrDefault("functionName", "");
    Optional<PackagedFunction> function =
        app.functions().stream()
            .filter(each -> each.name().equals(name) && each.trigger().isOf("eventGridTrigger"))
            .findFirst();
    if (function.isEmpty()) {
      return HostAnswer.text(NOT_FOUND, "cannot find function: '" + name + "'");
    }
    return switch (request.header("aeg-event-type").toLowerCase(Locale.ROOT)) {
      case "subscriptionvalidation" -> handshake(request.body());
      case "notification" -> delivery(function.get(), request.body());
      case "unsubscribe" -> HostAnswer.empty(ACCEPTED);
      default -> HostAnswer.empty(BAD_REQUEST);
    };
  }

  /** In CloudEvents {@code data} is JSON inside a text. */
  private static HostAnswer handshake(String body) {
    Optional<JsonNode> event = JsonText.container(body).map(json -> JsonText.elements(json).get(0));
    Optional<JsonNode> data =
        event
            .map(each -> each.path("data"))
            .flatMap(each -> each.isTextual() ? JsonText.parsed(each.asText()) : Optional.of(each));
    if (data.isEmpty()) {
      return HostAnswer.empty(BAD_REQUEST);
    }
    JsonNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("validationResponse", data.get().path("validationCode").asText());
    return HostAnswer.json(200, answer.toString());
  }

  private HostAnswer delivery(PackagedFunction function, String body) {
    Optional<JsonNode> events = JsonText.container(body);
    if (events.isEmpty()) {
      return HostAnswer.empty(BAD_REQUEST);
    }
    List<CompletableFuture<CallResult>> running =
        JsonText.elements(events.get()).stream()
            .map(event -> CompletableFuture.supplyAsync(() -> handOver(function, event), threads))
            .toList();
    return running.stream()
        .map(CompletableFuture::join)
        .filter(result -> !result.succeeded())
        .findFirst()
        .map(result -> HostAnswer.text(FAILED, result.failure()))
        .orElse(HostAnswer.empty(ACCEPTED));
  }

  private CallResult handOver(PackagedFunction function, JsonNode event) {
    CallResult first = calls.run(function, "EventGrid trigger fired", input(event));
    return twice && first.succeeded()
        ? calls.run(function, "EventGrid trigger fired again", input(event))
        : first;
  }

  static TriggerInput input(JsonNode event) {
    return new TriggerInput(
        JsonText.reprinted(event), Map.of("data", JsonText.reprinted(event.path("data"))));
  }
}
