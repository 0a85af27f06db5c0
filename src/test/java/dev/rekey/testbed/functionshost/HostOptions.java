package dev.rekey.testbed.functionshost;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the host differs from the real one in a test. Each option is a {@code --name=value} of the
 * host's command line; without any the host does as the real one, except that it looks at its
 * queues every 200 ms and accepts {@code master} and {@code function} as keys.
 */
public final class HostOptions {
  private final List<String> arguments;

  private HostOptions(List<String> arguments) {
    this.arguments = List.copyOf(arguments);
  }

  public static HostOptions defaults() {
    return new HostOptions(List.of());
  }

  public static HostOptions of(String... arguments) {
    return new HostOptions(Arrays.asList(arguments));
  }

  /** A jar or folder that the app has besides its own: a transport for tests, say. */
  public HostOptions appClassPath(Path entry) {
    return with("app-class-path", entry.toAbsolutePath().toString());
  }

  /** A jar whose classes win over the app's, as those of the worker do: the worker's Gson, say. */
  public HostOptions workerClassPath(Path jar) {
    return with("worker-class-path", jar.toAbsolutePath().toString());
  }

  /** Where the storage account that the settings name by {@code __accountName} is to be found. */
  public HostOptions storageAccount(String name, String connectionString) {
    return with("storage-account", name + "=" + connectionString);
  }

  /** How long a fetched message stays hidden unless renewed; 10 minutes by default. */
  public HostOptions messageVisibility(Duration visibility) {
    return with("message-visibility", visibility.toString());
  }

  /** Longest pause between two looks, where host.json says more; 200 ms by default. */
  public HostOptions pollAtLeastEvery(Duration interval) {
    return with("poll-at-least-every", interval.toString());
  }

  /** When a call fails that the real worker never answers; after 2 s by default. */
  public HostOptions endHangingCallsAfter(Duration time) {
    return with("end-hanging-calls-after", time.toString());
  }

  /** Every message succeeds twice: after the first time it goes back to its queue. */
  public HostOptions duplicateMessages(boolean duplicate) {
    return with("duplicate-messages", Boolean.toString(duplicate));
  }

  /** Every event of a delivery is handed to the function twice, the second time in turn. */
  public HostOptions duplicateEvents(boolean duplicate) {
    return with("duplicate-events", Boolean.toString(duplicate));
  }

  /**
   * Whether timers run on their schedule; on by default. The real host runs a timer in one of all
   * instances: where two run here, leave it on in one.
   */
  public HostOptions timers(boolean onSchedule) {
    return with("timers", Boolean.toString(onSchedule));
  }

  /** Leaves the messages of this function alone until {@link FunctionsHost#release}. */
  public HostOptions holdMessages(String function) {
    return with("hold-messages", function);
  }

  /** Key for functions of level FUNCTION; {@code function} by default. */
  public HostOptions functionKey(String key) {
    return with("function-key", key);
  }

  /** Key for everything; {@code master} by default. */
  public HostOptions masterKey(String key) {
    return with("master-key", key);
  }

  /** Key that event deliveries must bring; none is asked for by default. */
  public HostOptions eventGridKey(String key) {
    return with("event-grid-key", key);
  }

  /** Given to the JVM, after those that the platform gives. */
  public HostOptions jvmArgument(String argument) {
    return with("jvm-argument", argument);
  }

  private HostOptions with(String name, String value) {
    List<String> more = new ArrayList<>(arguments);
    more.add("--" + name + "=" + value);
    return new HostOptions(more);
  }

  public List<String> arguments() {
    return arguments;
  }

  /** All values of a name, in their order. */
  public List<String> texts(String name) {
    String start = "--" + name + "=";
    return arguments.stream()
        .filter(argument -> argument.startsWith(start))
        .map(argument -> argument.substring(start.length()))
        .toList();
  }

  /** The last value of a name. */
  public String text(String name, String otherwise) {
    List<String> texts = texts(name);
    return texts.isEmpty() ? otherwise : texts.get(texts.size() - 1);
  }

  public boolean flag(String name, boolean otherwise) {
    return Boolean.parseBoolean(text(name, Boolean.toString(otherwise)));
  }

  public Duration duration(String name, String otherwise) {
    return Duration.parse(text(name, otherwise));
  }
}
