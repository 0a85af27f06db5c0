package dev.rekey.endtoend;

import dev.rekey.testbed.PlainRequests;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Another client that gets Secrets from etcd, one after another, for as long as it is open. */
final class ReadingClient implements AutoCloseable {
  private final PlainRequests client;
  private final List<String> paths;
  private final Thread thread = new Thread(this::work, "reading-client");
  private volatile boolean open = true;
  private volatile int reads;
  private volatile @Nullable RuntimeException failure;

  private ReadingClient(PlainRequests client, List<String> paths) {
    this.client = client;
    this.paths = paths;
  }

  static ReadingClient begin(PlainRequests client, List<String> paths) {
    ReadingClient reading = new ReadingClient(client, paths);
    reading.thread.start();
    return reading;
  }

  private void work() {
    try {
      while (open) {
        client.get(paths.get(reads % paths.size())).expectSuccess();
        reads++;
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  int reads() {
    return reads;
  }

  @Override
  public void close() throws InterruptedException {
    open = false;
    thread.join();
    if (failure != null) {
      throw failure;
    }
  }
}
