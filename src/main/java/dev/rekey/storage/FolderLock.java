package dev.rekey.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to read and write a folder: one thread of one process at a time. The lock of the
 * operating system keeps other processes out, and goes with the process that holds it; within a
 * process it can't be taken twice, so a lock of Java's comes before it.
 */
final class FolderLock {
  private static final String FILE = ".lock";
  private static final ConcurrentMap<Path, ReentrantLock> OF_THIS_PROCESS =
      new ConcurrentHashMap<>();

  private FolderLock() {}

  /** Waits until the folder is free, and carries out an action that nobody else interferes with. */
  static <T> T holding(Path folder, Action<T> action) throws IOException {
    ReentrantLock ofThisProcess =
        OF_THIS_PROCESS.computeIfAbsent(folder, unused -> new ReentrantLock());
    ofThisProcess.lock();
    try (FileChannel file = lockFile(folder)) {
      // Closing the file gives up the operating system's lock.
      file.lock();
      return action.carryOut();
    } finally {
      ofThisProcess.unlock();
    }
  }

  private static FileChannel lockFile(Path folder) throws IOException {
    return FileChannel.open(
        folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** What is done while the lock is held. */
  interface Action<T> {
    T carryOut() throws IOException;
  }
}
