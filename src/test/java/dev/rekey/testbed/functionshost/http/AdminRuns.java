package dev.rekey.testbed.functionshost.http;

import dev.rekey.testbed.functionshost.JsonText;
import dev.rekey.testbed.functionshost.PackagedApp;
import dev.rekey.testbed.functionshost.PackagedFunction;
import dev.rekey.testbed.functionshost.TimerText;
import dev.rekey.testbed.functionshost.worker.Calls;
import dev.rekey.testbed.functionshost.worker.TriggerInput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** {@code POST /admin/functions/<name>} with {@code {"input": "…"}}: runs it, answers at once. */
final class AdminRuns {
  private static final int ACCEPTED = 202;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;

  private final PackagedApp app;
  private final HostKeys keys;
  private final Calls calls;
  private final Executor threads;

  AdminRuns(PackagedApp app, HostKeys keys, Calls calls, Executor threads) {
    this.app = app;
    this.keys = keys;
    this.calls = calls;
    this.threads = threads;
  }

  HostAnswer answer(HostRequest request) {
    if (!keys.isMaster(request)) {
      return HostAnswer.empty(UNAUTHORIZED);
    }
    List<String> path = request.segments();
    Optional<PackagedFunction> function =
        app.functions().stream()
            .filter(each -> path.size() == 3 && path.get(2).equalsIgnoreCase(each.name()))
            .findFirst();
    if (function.isEmpty() || !request.method().equals("POST")) {
      return HostAnswer.empty(NOT_FOUND);
    }
    Optional<String> input =
        JsonText.container(request.body()).map(json -> json.path("input").asText());
    if (input.isEmpty()) {
      return HostAnswer.empty(BAD_REQUEST);
    }
    TriggerInput trigger = input(function.get(), input.get());
    threads.execute(
        () ->
            calls.run(
                function.get(),
                "This function was programmatically called via the host APIs.",
                trigger));
    return HostAnswer.empty(ACCEPTED);
  }

  private static TriggerInput input(PackagedFunction function, String text) {
    return switch (function.trigger().type()) {
      case "timerTrigger" -> new TriggerInput(TimerText.at(Instant.now()), Map.of());
      case "eventGridTrigger" ->
          JsonText.container(text)
              .map(EventGridWebhook::input)
              .orElse(new TriggerInput(text, Map.of()));
      default -> new TriggerInput(text, Map.of());
    };
  }
}
