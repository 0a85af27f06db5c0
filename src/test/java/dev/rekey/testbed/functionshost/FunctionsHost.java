package dev.rekey.testbed.functionshost;

import dev.rekey.testbed.Await;
import dev.rekey.testbed.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One instance of a function app, in a process of its own. Start two to have two instances: they
 * share nothing but the storage that their settings name.
 */
public final class FunctionsHost implements AutoCloseable {
  private static final Duration START_WITHIN = Duration.ofSeconds(60);

  /** What the platform gives its workers; -noverify is left out since Java warns of it. */
  private static final List<String> PLATFORM_ARGUMENTS =
      List.of(
          "-XX:+TieredCompilation", "-XX:TieredStopAtLevel=1", "-Djava.net.preferIPv4Stack=true");

  private static final List<String> KEPT_OF_ENVIRONMENT = List.of("PATH", "HOME", "TMPDIR", "LANG");

  private final HttpClient http = HttpClient.newHttpClient();
  private final ChildProcess process;
  private final Path log;
  private String address = "";

  private FunctionsHost(ChildProcess process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts the app and returns when it takes requests.
   *
   * @param folder the staged app
   * @param settings the app's environment: it sees no other variables but those every process needs
   */
  public static FunctionsHost start(
      Path folder, Map<String, String> settings, HostOptions options) {
    try {
      Path log = Files.createTempFile("functions-host", ".log");
      log.toFile().deleteOnExit();
      FunctionsHost host =
          new FunctionsHost(
              ChildProcess.start(command(folder, options), environment(settings), log), log);
      host.awaitReady();
      return host;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Path folder, HostOptions options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(PLATFORM_ARGUMENTS);
    command.addAll(options.texts("jvm-argument"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(FunctionsHostMain.class.getName());
    command.add(folder.toAbsolutePath().toString());
    command.addAll(options.arguments());
    return command;
  }

  private static Map<String, String> environment(Map<String, String> settings) {
    Map<String, String> environment = new TreeMap<>();
    for (String name : KEPT_OF_ENVIRONMENT) {
      if (System.getenv(name) != null) {
        environment.put(name, System.getenv(name));
      }
    }
    environment.put("FUNCTIONS_WORKER_RUNTIME", "java");
    environment.putAll(settings);
    return environment;
  }

  private void awaitReady() {
    Await.until(
        "functions host",
        START_WITHIN,
        () -> !process.isAlive() || !lines(FunctionsHostMain.READY).isEmpty(),
        this::text);
    if (!process.isAlive()) {
      throw new IllegalStateException("the functions host has ended:\n" + text());
    }
    String line = lines(FunctionsHostMain.READY).get(0);
    address =
        line.substring(line.indexOf(FunctionsHostMain.READY) + FunctionsHostMain.READY.length());
  }

  /** Such as {@code http://127.0.0.1:41234}, without a slash at its end. */
  public String address() {
    return address;
  }

  public long pid() {
    return process.pid();
  }

  /** All that it has printed. */
  public List<String> logs() {
    return text().lines().toList();
  }

  /** Those lines of the log that have {@code part}. */
  public List<String> lines(String part) {
    return text().lines().filter(line -> line.contains(part)).toList();
  }

  /** Waits for a state of the log. */
  public void awaitLogs(String what, Duration atMost, Predicate<FunctionsHost> state) {
    Await.until(what, atMost, () -> state.test(this), this::text);
  }

  /** Empty while no call hangs that the real worker would never answer. */
  public String troubles() {
    return send("/testbed/health", HttpRequest.newBuilder().GET());
  }

  /** Runs a function as the portal's button does; returns at once. */
  public void run(String function, String input) {
    send(
        "/admin/functions/" + function,
        HttpRequest.newBuilder()
            .header("x-functions-key", "master")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"input\":"
                        + com.fasterxml.jackson.databind.node.TextNode.valueOf(input)
                        + "}")));
  }

  /** From now on no message is fetched for this function; calls under way go on. */
  public void hold(String function) {
    control("hold", function);
  }

  public void release(String function) {
    control("release", function);
  }

  private void control(String what, String function) {
    send(
        "/testbed/" + what + "?function=" + URLEncoder.encode(function, StandardCharsets.UTF_8),
        HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()));
  }

  private String send(String path, HttpRequest.Builder request) {
    try {
      return http.send(
              request.uri(URI.create(address + path)).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** SIGKILL: calls end where they are, and their messages come back when hidden long enough. */
  public void kill() {
    process.kill9();
  }

  /** SIGTERM, as when the platform takes an instance away. */
  @Override
  public void close() {
    process.stop();
  }

  private String text() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
