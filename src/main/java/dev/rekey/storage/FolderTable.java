package dev.rekey.storage;

import dev.rekey.service.port.OutsideFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table in a folder: one folder for each partition, one file for each row. It is what the command
 * line remembers with.
 *
 * <p>Two processes may share the folder: whoever reads or writes a partition holds its lock, which
 * the operating system gives back when a process dies. A transaction is written to a journal before
 * the first row changes; whoever comes next after a crash carries it out to the end. So a
 * transaction whose journal is complete happens in full, and any other not at all. Every write has
 * reached the disk when a method returns.
 */
public final class FolderTable implements Table {
  private final Path root;

  private FolderTable(Path root) {
    this.root = root;
  }

  /**
   * Opens the folder, and makes it if it isn't there.
   *
   * @throws OutsideFault {@code FORBIDDEN} if it can't be written
   */
  public static FolderTable open(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "probe", ".tmp"));
      return new FolderTable(folder.toRealPath());
    } catch (IOException refused) {
      throw FolderFaults.unwritable(folder, refused);
    }
  }

  @Override
  public Optional<Row> get(String partition, String rowKey) {
    TableLimits.checkKey(rowKey);
    return read(partition, folder -> folder.row(rowKey), Optional.empty());
  }

  @Override
  public List<Row> listByPrefix(String partition, String rowKeyPrefix) {
    return read(partition, folder -> folder.rows(rowKeyPrefix), List.of());
  }

  @Override
  public List<Row> transact(String partition, List<Write> writes) {
    TableLimits.checkTransaction(partition, writes);
    Path path = path(partition);
    try {
      Disk.createFolder(path);
      return FolderLock.holding(path, () -> carryOut(recovered(partition, path), writes));
    } catch (IOException failed) {
      throw FolderFaults.failed(path, failed);
    }
  }

  private static List<Row> carryOut(PartitionFolder folder, List<Write> writes) throws IOException {
    List<RowChange> changes = new ArrayList<>();
    for (Write write : writes) {
      Optional<StoredRow> stored = folder.stored(write.rowKey());
      Precondition.check(write, stored.map(row -> row.in(folder.partition())));
      changes.add(RowChange.of(write, stored));
    }
    folder.apply(changes);
    return changes.stream()
        .flatMap(change -> change.row().stream())
        .map(row -> row.in(folder.partition()))
        .toList();
  }

  private <T> T read(String partition, Reading<T> reading, T whenThereIsNoPartition) {
    TableLimits.checkKey(partition);
    Path path = path(partition);
    if (!Files.isDirectory(path)) {
      return whenThereIsNoPartition;
    }
    try {
      return FolderLock.holding(path, () -> reading.of(recovered(partition, path)));
    } catch (IOException failed) {
      throw FolderFaults.failed(path, failed);
    }
  }

  /** The partition after whatever a crash left half done has been finished. Needs the lock. */
  private static PartitionFolder recovered(String partition, Path path) throws IOException {
    PartitionFolder folder = new PartitionFolder(partition, path);
    folder.finishInterruptedTransaction();
    return folder;
  }

  private Path path(String partition) {
    return root.resolve(FileNames.of(partition));
  }

  private interface Reading<T> {
    T of(PartitionFolder folder) throws IOException;
  }
}
