package dev.rekey.endtoend.kills;

import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Shard;
import dev.rekey.service.port.Records;
import dev.rekey.storage.FolderTable;
import dev.rekey.storage.TableRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The records that a killed process has left. */
final class RecordsFolder {
  private final Path folder;
  private final ClusterName cluster;

  RecordsFolder(Path folder, ClusterName cluster) {
    this.folder = folder;
    this.cluster = cluster;
  }

  Path path() {
    return folder;
  }

  /**
   * How far the unfinished operation is, from 0 to 1, by its shards that are done: the half is the
   * write pass, the rest the present round of the proof. Read from a copy: to read is to finish an
   * interrupted transaction, and that is for the next process to do.
   */
  double progress() {
    Path copy = copy();
    Records records = new TableRecords(FolderTable.open(copy));
    return records.active(cluster).map(stored -> progress(records, stored.value())).orElse(0.0);
  }

  /** Operations that have ended, whether the process lived to say so or not. */
  int ended() {
    return (int)
        new TableRecords(FolderTable.open(copy()))
            .operations(cluster).stream()
                .filter(operation -> operation.progress().ending() != null)
                .count();
  }

  /** Rounds of the proof that the unfinished operation has begun. */
  int proofRounds() {
    return new TableRecords(FolderTable.open(copy()))
        .active(cluster)
        .map(stored -> (int) passes(stored.value(), PassKind.PROOF).count())
        .orElse(0);
  }

  /**
   * The records while a process may be at work, from a copy, so that it isn't disturbed. Empty if
   * something was written meanwhile: then the copy may be of two times.
   */
  Optional<Records> glance() {
    try {
      Set<String> before = stamps();
      Path copy = copy();
      return stamps().equals(before)
          ? Optional.of(new TableRecords(FolderTable.open(copy)))
          : Optional.empty();
    } catch (UncheckedIOException failed) {
      if (failed.getCause() instanceof NoSuchFileException) {
        return Optional.empty(); // it has just got its name, or gone
      }
      throw failed;
    }
  }

  /** Each file, and which state of it: a row is replaced by a file of its own. */
  private Set<String> stamps() {
    Set<String> stamps = new TreeSet<>();
    for (Path file : files()) {
      try {
        BasicFileAttributes state = Files.readAttributes(file, BasicFileAttributes.class);
        stamps.add(
            file + " " + state.fileKey() + " " + state.lastModifiedTime() + " " + state.size());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return stamps;
  }

  private double progress(Records records, Operation operation) {
    List<Pass> proofs = passes(operation, PassKind.PROOF).toList();
    List<Pass> writes = passes(operation, PassKind.WRITE).toList();
    if (!proofs.isEmpty()) {
      return 0.5 + done(records, operation, proofs.get(proofs.size() - 1)) / 2;
    }
    return writes.isEmpty() ? 0 : done(records, operation, writes.get(writes.size() - 1)) / 2;
  }

  private static Stream<Pass> passes(Operation operation, PassKind kind) {
    return operation.progress().passes().stream().filter(pass -> pass.kind() == kind);
  }

  private double done(Records records, Operation operation, Pass pass) {
    if (pass.stage() == Pass.Stage.LISTING) {
      return 0;
    }
    List<Shard> shards = records.shards(cluster, operation.id(), pass.id(), pass.shards());
    long done = shards.stream().filter(Shard::isDone).count();
    return shards.isEmpty() ? 0 : (double) done / shards.size();
  }

  private Path copy() {
    try {
      Path copy = Files.createTempDirectory(folder.getParent(), "records-copy");
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.toList()) {
          Path to = copy.resolve(folder.relativize(file).toString());
          if (Files.isDirectory(file)) {
            Files.createDirectories(to);
          } else {
            Files.copy(file, to);
          }
        }
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Each file that isn't in its place yet, and each transaction whose journal is still there, with
   * the time of its last write: what a kill in the middle of a write leaves. The first stay until
   * the next write of their rows.
   */
  Set<String> unfinishedWrites() {
    Set<String> unfinished = new TreeSet<>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      if (name.endsWith(".unfinished") || name.equals(".journal")) {
        unfinished.add(name + " " + file.toFile().lastModified());
      }
    }
    return unfinished;
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of all operations on the cluster, when no process is at work. */
  Records read() {
    return new TableRecords(FolderTable.open(folder));
  }

  ClusterName cluster() {
    return cluster;
  }

  /** Files that another process could not lock now, and transactions that were left half done. */
  List<String> leftLocked() {
    List<String> left = new ArrayList<>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      boolean lock = name.equals(".lock") || name.endsWith(".in-use");
      if (name.equals(".journal") || (lock && !canBeLocked(file))) {
        left.add(folder.relativize(file).toString());
      }
    }
    return left;
  }

  private static boolean canBeLocked(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
