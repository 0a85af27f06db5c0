package dev.rekey.testbed.functionshost.queue;

import com.azure.storage.queue.QueueClient;
import dev.rekey.testbed.functionshost.AppSettings;
import dev.rekey.testbed.functionshost.HostOptions;
import dev.rekey.testbed.functionshost.PackagedFunction;
import dev.rekey.testbed.functionshost.QueueRules;
import dev.rekey.testbed.functionshost.worker.Calls;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The listeners of all functions that queues start. */
public final class QueueTriggers {
  private static final String POISON = "-poison";

  private final QueueConnections connections;
  private final AppSettings settings;
  private final QueueRules rules;
  private final HostOptions options;
  private final Calls calls;
  private final Set<String> held = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService renewals = Executors.newScheduledThreadPool(2);

  public QueueTriggers(
      QueueConnections connections,
      AppSettings settings,
      QueueRules rules,
      HostOptions options,
      Calls calls) {
    this.connections = connections;
    this.settings = settings;
    this.rules = rules;
    this.options = options;
    this.calls = calls;
    this.held.addAll(options.texts("hold-messages"));
  }

  /** Begins to listen for a function. */
  public void start(PackagedFunction function) {
    String connection = function.trigger().text("connection");
    String name = settings.resolve(function.queue());
    Optional<QueueClient> poison =
        name.endsWith(POISON)
            ? Optional.empty()
            : Optional.of(connections.queue(connection, name + POISON));
    Duration visibility = options.duration("message-visibility", "PT10M");
    MessageCall call =
        new MessageCall(
            function,
            calls,
            rules,
            poison,
            visibility,
            options.flag("duplicate-messages", false),
            renewals);
    threads.execute(
        new QueueListener(
            connections.queue(connection, name),
            rules,
            visibility,
            longestPause(),
            call,
            threads,
            () -> held.contains(function.name())));
  }

  private Duration longestPause() {
    Duration here = options.duration("poll-at-least-every", "PT0.2S");
    return here.compareTo(rules.maxPollingInterval()) < 0 ? here : rules.maxPollingInterval();
  }

  /** Fetches no more messages for this function; those under way go on. */
  public void hold(String function) {
    held.add(function);
  }

  public void release(String function) {
    held.remove(function);
  }
}
