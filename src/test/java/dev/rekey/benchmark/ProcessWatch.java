package dev.rekey.benchmark;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at the API server's and a client's processes twenty times a second. */
final class ProcessWatch implements AutoCloseable {
  private static final long EVERY_MILLIS = 50;

  private final long server;
  private final Set<Long> followed = ConcurrentHashMap.newKeySet();
  private final Map<Long, Double> used = new ConcurrentHashMap<>();
  private final List<Sample> samples = new ArrayList<>();
  private long peak;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "process-watch");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param server the API server's process id
   */
  ProcessWatch(long server) {
    this.server = server;
    timer.scheduleAtFixedRate(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Counts a process, and the children that it has or will have, as the client's. */
  void follow(long pid) {
    followed.add(pid);
  }

  private synchronized void look() {
    long memory = 0;
    for (long pid : followed) {
      followed.addAll(ProcessFiles.children(pid));
    }
    for (long pid : followed) {
      ProcessFiles.cpuSeconds(pid).ifPresent(seconds -> used.put(pid, seconds));
      memory += ProcessFiles.residentBytes(pid);
    }
    peak = Math.max(peak, memory);
    double client = used.values().stream().mapToDouble(seconds -> seconds).sum();
    ProcessFiles.cpuSeconds(server).ifPresent(seconds -> add(seconds, client));
  }

  private void add(double seconds, double client) {
    samples.add(new Sample(Instant.now(), seconds, client, peak));
  }

  /** All samples so far, one of this moment included. */
  synchronized Samples samples() {
    look();
    return new Samples(samples);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
