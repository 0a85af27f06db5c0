package dev.rekey.testbed;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A process that the testbed started. It ends with the test run, whatever ends that: by {@link
 * #stop}, by a shutdown hook, and by the kernel's parent death signal when the JVM itself is
 * killed.
 */
public final class ChildProcess {
  private static final int LAST_LINES = 20;
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  /**
   * The parent death signal follows the thread that started the child, not its process: a child
   * started by a test's own thread would die with that thread.
   */
  private static final ExecutorService STARTER =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "testbed-starter");
            thread.setDaemon(true);
            return thread;
          });

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private final Process process;
  private final Path log;

  private ChildProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts {@code command}; output goes to the end of {@code log}. */
  public static ChildProcess start(List<String> command, Path log) {
    return start(command, System.getenv(), log);
  }

  /** The same, with these environment variables and no others. */
  public static ChildProcess start(
      List<String> command, Map<String, String> environment, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(endingWithUs(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = STARTER.submit(builder::start).get();
      RUNNING.add(process);
      process.onExit().thenAccept(RUNNING::remove);
      return new ChildProcess(process, log);
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot start " + command, e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** The same command, to be killed by the kernel when our JVM is gone. */
  static List<String> endingWithUs(List<String> command) {
    if (!onPath("setpriv")) {
      return command;
    }
    List<String> tied = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "--"));
    tied.addAll(command);
    return tied;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its own end and returns the exit code. */
  public int await() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Whether it ends by itself within this time. */
  public boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Lets it stand still, as SIGSTOP does, until {@link #goOn}. */
  public void standStill() {
    signal("STOP");
  }

  public void goOn() {
    signal("CONT");
  }

  private void signal(String name) {
    start(List.of("sh", "-c", "kill -" + name + " " + pid()), log).await();
  }

  /** SIGTERM, and SIGKILL when that took too long. */
  public void stop() {
    process.destroy();
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        kill9();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** SIGKILL; returns when the process is gone. */
  public void kill9() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** The end of what it said. */
  public String lastLines() {
    return lastLines(log);
  }

  static String lastLines(Path log) {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean onPath(String name) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(folder, name))) {
        return true;
      }
    }
    return false;
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while waiting for a process", e);
  }
}
