package dev.rekey.benchmark;

import dev.rekey.testbed.PlainRequests;
import dev.rekey.testbed.Testbed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Somebody else who reads one small object every 5 ms, whether or not earlier reads have been
 * answered: what they feel of a client that is busy with Secrets.
 */
final class InnocentClient implements AutoCloseable {
  private static final long EVERY_MILLIS = 5;
  private static final int WARM_UP = 50;
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String BODY =
      "{\"metadata\": {\"name\": \"innocent\"}, \"data\": {\"key\": \"value\"}}";

  private final PlainRequests requests;
  private final Queue<Read> reads = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "innocent-client");
            thread.setDaemon(true);
            return thread;
          });

  private record Read(Instant sentAt, double millis) {}

  private InnocentClient(PlainRequests requests) {
    this.requests = requests;
  }

  static InnocentClient start(Testbed testbed) {
    InnocentClient client = new InnocentClient(testbed.requests());
    client.requests.post(CONFIG_MAPS, BODY); // 409 where it is there already
    for (int number = 0; number < WARM_UP; number++) {
      client.requests.get(CONFIG_MAPS + "/innocent").expectSuccess();
    }
    client.timer.scheduleAtFixedRate(client::read, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    return client;
  }

  private void read() {
    Instant sentAt = Instant.now();
    long began = System.nanoTime();
    requests
        .send("GET", CONFIG_MAPS + "/innocent", "", "")
        .whenComplete(
            (answer, failure) -> reads.add(new Read(sentAt, (System.nanoTime() - began) / 1e6)));
  }

  /** Of the reads that were sent in this time, in milliseconds; 0 when there were none. */
  double p99Millis(Phase phase) {
    List<Double> millis = new ArrayList<>();
    for (Read read : reads) {
      if (!read.sentAt().isBefore(phase.startedAt()) && read.sentAt().isBefore(phase.endedAt())) {
        millis.add(read.millis());
      }
    }
    return Quantile.of(millis, 0.99);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
