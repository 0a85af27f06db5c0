package dev.rekey.endtoend.kills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Counts the files that appear in the folders of records: each is one being written, or a journal
 * whose transaction is about to be carried out. The kernel tells within the millisecond.
 */
final class RecordsWatch implements AutoCloseable {
  private final WatchService service;
  private final AtomicLong seen = new AtomicLong();

  private RecordsWatch(WatchService service) {
    this.service = service;
  }

  /** Watches the folders of partitions, those too that are made later. */
  static RecordsWatch over(Path records) {
    try {
      RecordsWatch watch = new RecordsWatch(FileSystems.getDefault().newWatchService());
      watch.register(records);
      try (Stream<Path> files = Files.list(records)) {
        files.filter(Files::isDirectory).forEach(watch::register);
      }
      Thread thread = new Thread(watch::count, "records-watch");
      thread.setDaemon(true);
      thread.start();
      return watch;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void register(Path folder) {
    try {
      folder.register(service, StandardWatchEventKinds.ENTRY_CREATE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void count() {
    try {
      while (true) {
        WatchKey key = service.take();
        for (WatchEvent<?> event : key.pollEvents()) {
          Path file = ((Path) key.watchable()).resolve(String.valueOf(event.context()));
          if (Files.isDirectory(file)) {
            register(file);
          }
          note(file.getFileName().toString());
        }
        key.reset();
      }
    } catch (ClosedWatchServiceException over) {
      // The test has seen enough.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void note(String name) {
    if (name.endsWith(".unfinished") || name.equals(".journal")) {
      seen.incrementAndGet();
      notifyAll();
    }
  }

  /**
   * Waits until so many have appeared since the watch began.
   *
   * @return false if they have not within this time
   */
  synchronized boolean await(int writes, long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (seen.get() < writes) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
