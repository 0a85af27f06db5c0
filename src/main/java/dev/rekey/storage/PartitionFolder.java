package dev.rekey.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of one partition. Every method needs the partition's lock. */
final class PartitionFolder {
  private static final String ROW = ".row";
  private static final String JOURNAL = ".journal";

  private final String partition;
  private final Path path;

  PartitionFolder(String partition, Path path) {
    this.partition = partition;
    this.path = path;
  }

  String partition() {
    return partition;
  }

  Optional<Row> row(String rowKey) throws IOException {
    return stored(rowKey).map(row -> row.in(partition));
  }

  Optional<StoredRow> stored(String rowKey) throws IOException {
    Path file = file(rowKey);
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  /** A copy under another name, or a key that was edited, would be another row's state. */
  private StoredRow read(Path file) throws IOException {
    StoredRow row = RowFile.read(file);
    if (!file(row.rowKey()).equals(file)) {
      throw new DamagedFile(file);
    }
    return row;
  }

  /** The rows whose keys start with a text, in the order of their keys. */
  List<Row> rows(String rowKeyPrefix) throws IOException {
    String namePrefix = FileNames.prefix(rowKeyPrefix);
    List<Row> rows = new ArrayList<>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      if (name.startsWith(namePrefix) && name.endsWith(ROW)) {
        rows.add(read(file).in(partition));
      }
    }
    return rows.stream()
        .filter(row -> row.rowKey().startsWith(rowKeyPrefix))
        .sorted(Comparator.comparing(Row::rowKey))
        .toList();
  }

  /**
   * Carries out all changes; a crash in between is made good by {@link
   * #finishInterruptedTransaction}.
   */
  void apply(List<RowChange> changes) throws IOException {
    boolean isOneRename = changes.size() == 1;
    if (isOneRename) {
      carryOut(changes);
      return;
    }
    Disk.replace(journal(), Journal.text(changes));
    carryOut(changes);
    Disk.delete(journal());
  }

  /**
   * Carries out the transaction that a crash interrupted. The journal appears by a rename, so it is
   * complete or isn't there; while it is there no row may be read, for some may have changed and
   * others not.
   */
  void finishInterruptedTransaction() throws IOException {
    if (Files.exists(journal())) {
      carryOut(Journal.read(journal()));
      Disk.delete(journal());
    }
  }

  private void carryOut(List<RowChange> changes) throws IOException {
    for (RowChange change : changes) {
      Path file = file(change.rowKey());
      if (change.row().isPresent()) {
        Disk.replace(file, RowFile.text(change.row().get()));
      } else {
        Disk.delete(file);
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.toList();
    }
  }

  private Path journal() {
    return path.resolve(JOURNAL);
  }

  private Path file(String rowKey) {
    return path.resolve(FileNames.of(rowKey) + ROW);
  }
}
