package dev.rekey.testbed.functionshost;

import dev.rekey.testbed.functionshost.http.HttpFront;
import dev.rekey.testbed.functionshost.queue.QueueConnections;
import dev.rekey.testbed.functionshost.queue.QueueOutputs;
import dev.rekey.testbed.functionshost.queue.QueueTriggers;
import dev.rekey.testbed.functionshost.worker.Calls;
import dev.rekey.testbed.functionshost.worker.Health;
import dev.rekey.testbed.functionshost.worker.Worker;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The host's process: {@code FunctionsHostMain <folder> [--option=value…]}, the app's settings in
 * its environment.
 *
 * <p>Left out of what the real host does: it scales nothing, keeps no timer's state (a run missed
 * while it was down stays missed, and each instance runs each timer), reads no function key of its
 * storage, ends no call at {@code functionTimeout}, applies no retry policy, and binds nothing but
 * text, numbers and HTTP requests. Function apps of the real platform see HTTPS behind a front end.
 */
public final class FunctionsHostMain {
  /** Stands before the address in the line that says that all is up. */
  static final String READY = "Host started: ";

  private FunctionsHostMain() {}

  public static void main(String[] arguments) {
    HostLog.takeJavaLogging();
    try {
      PackagedApp app = PackagedApp.read(Path.of(arguments[0]));
      HostOptions options = HostOptions.of(Arrays.copyOfRange(arguments, 1, arguments.length));
      start(app, new AppSettings(System.getenv()), options);
    } catch (RuntimeException | Error e) {
      HostLog.say("The host can't start", e);
      Runtime.getRuntime().halt(1);
    }
  }

  private static void start(PackagedApp app, AppSettings settings, HostOptions options) {
    Health health = new Health();
    QueueRules rules = app.hostJson().queues();
    QueueConnections connections = new QueueConnections(settings, options);
    Calls calls =
        new Calls(
            Worker.load(app, options),
            new QueueOutputs(connections, settings, rules),
            health,
            options.duration("end-hanging-calls-after", "PT2S"));
    QueueTriggers queues = new QueueTriggers(connections, settings, rules, options, calls);
    TimerTriggers timers = new TimerTriggers(settings, calls);
    HttpFront front = new HttpFront(app, options, calls, health, queues::hold, queues::release);
    for (PackagedFunction function : app.functions()) {
      switch (function.trigger().type()) {
        case "queueTrigger" -> queues.start(function);
        case "timerTrigger" -> {
          if (options.flag("timers", true)) {
            timers.start(function);
          }
        }
        case "httpTrigger", "eventGridTrigger" -> {}
        default ->
            throw new IllegalArgumentException("this host has no " + function.trigger().type());
      }
    }
    HostLog.say(READY + front.start());
  }
}
