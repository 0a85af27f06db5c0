package dev.rekey.testbed.functionshost.worker;

import dev.rekey.testbed.functionshost.HostLog;
import dev.rekey.testbed.functionshost.PackagedFunction;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** The host's side of a call: an id, a line at its start and end, and its outputs. */
public final class Calls {
  private final Worker worker;
  private final OutputWriter outputs;
  private final Health health;
  private final Duration endHangingAfter;

  public Calls(Worker worker, OutputWriter outputs, Health health, Duration endHangingAfter) {
    this.worker = worker;
    this.outputs = outputs;
    this.health = health;
    this.endHangingAfter = endHangingAfter;
  }

  /**
   * Runs the function to its end.
   *
   * @param reason what started it, for the log
   */
  public CallResult run(PackagedFunction function, String reason, TriggerInput input) {
    String id = UUID.randomUUID().toString();
    long begun = System.nanoTime();
    HostLog.say(
        "Executing 'Functions.%s' (Reason='%s', Id=%s)".formatted(function.name(), reason, id));
    CallResult result = answered(function, id, input);
    HostLog.say(
        "Executed 'Functions.%s' (%s, Id=%s, Duration=%dms)"
            .formatted(
                function.name(),
                result.succeeded() ? "Succeeded" : "Failed",
                id,
                Duration.ofNanos(System.nanoTime() - begun).toMillis()));
    return result;
  }

  private CallResult answered(PackagedFunction function, String id, TriggerInput input) {
    try {
      Map<String, Object> written = worker.call(function.name(), id, input);
      outputs.write(function, written);
      return CallResult.success(written.get("$return"));
    } catch (Exception e) {
      HostLog.say(
          "Exception while executing 'Functions.%s' (Id=%s)".formatted(function.name(), id), e);
      return CallResult.failure(
          e instanceof FunctionFailed ? e.getMessage() : FunctionFailed.messageOf(e));
    } catch (Error e) {
      return hanging(function, id, e);
    }
  }

  private CallResult hanging(PackagedFunction function, String id, Error error) {
    String what =
        "CALL HANGS: 'Functions.%s' (Id=%s): on Azure the worker never answers after this Error, and the"
                .formatted(function.name(), id)
            + " host waits for functionTimeout";
    health.unwell(what);
    HostLog.say(what, error);
    try {
      Thread.sleep(endHangingAfter.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return CallResult.failure("Timeout: the call was never answered");
  }
}
