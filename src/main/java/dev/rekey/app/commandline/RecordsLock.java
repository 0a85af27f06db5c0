package dev.rekey.app.commandline;

import dev.rekey.operation.ClusterName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process of this user from working on the same cluster with the same records. The
 * operating system gives it up when the process ends, however it ends.
 */
final class RecordsLock implements AutoCloseable {
  private final FileChannel channel;

  private RecordsLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws ClusterInUse if another process has it
   */
  static RecordsLock take(Path records, ClusterName cluster) {
    try {
      Files.createDirectories(records);
      Path file = records.resolve("." + cluster + ".in-use");
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new ClusterInUse(cluster, records);
      }
      return new RecordsLock(channel);
    } catch (IOException failed) {
      throw new UncheckedIOException(
          "the records folder " + records + " can't be written; name another one with --records",
          failed);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException harmless) {
      // The process is about to end, and the lock with it.
    }
  }
}
