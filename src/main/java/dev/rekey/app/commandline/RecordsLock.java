package dev.rekey.app.commandline;

import dev.rekey.operation.ClusterName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
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
   * @throws UnusableRecords if the folder can't be made or written
   */
  static RecordsLock take(Path records, ClusterName cluster) {
    try {
      createFolder(records);
      Path file = records.resolve("." + cluster + ".in-use");
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new ClusterInUse(cluster, records);
      }
      return new RecordsLock(channel);
    } catch (IOException failed) {
      throw new UnusableRecords(records, failed);
    }
  }

  /** For its owner alone: records name Secrets. */
  private static void createFolder(Path records) throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          records,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(records);
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
