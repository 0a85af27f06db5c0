package dev.rekey.app.commandline;

import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.SecretException;
import dev.rekey.service.ReadExceptions;
import dev.rekey.service.port.Records;
import dev.rekey.storage.FolderTable;
import dev.rekey.storage.TableRecords;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What operations on a cluster have left in a folder. Neither the cluster nor Azure is asked. */
public final class KeptRecords implements AutoCloseable {
  private final ClusterName cluster;
  private final Records records;
  private final RecordsLock lock;

  private KeptRecords(ClusterName cluster, Records records, RecordsLock lock) {
    this.cluster = cluster;
    this.records = records;
    this.lock = lock;
  }

  /**
   * Opens the folder; it is made if it isn't there.
   *
   * @throws ClusterInUse if a process works on the cluster with these records
   */
  public static KeptRecords open(Path folder, ClusterName cluster) {
    RecordsLock lock = RecordsLock.take(folder, cluster);
    return new KeptRecords(cluster, new TableRecords(FolderTable.open(folder)), lock);
  }

  /** All operations on the cluster, oldest first. */
  public List<Operation> operations() {
    return records.operations(cluster);
  }

  public Optional<Records.StoredEvidence> evidence(Operation operation) {
    return records.evidence(cluster, operation.id());
  }

  /** Tells every Secret that an operation could not rewrite, one after another. */
  public void exceptions(Operation operation, Consumer<SecretException> each) {
    ReadExceptions reading = new ReadExceptions(records);
    @Nullable String next = null;
    do {
      Listing<SecretException> page = reading.page(cluster, operation.id(), next);
      page.items().forEach(each);
      next = page.next();
    } while (next != null);
  }

  @Override
  public void close() {
    lock.close();
  }
}
