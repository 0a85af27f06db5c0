package dev.rekey.storage;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.util.Context;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableClientBuilder;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableTransactionAction;
import dev.rekey.service.port.Conflict;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A table of Azure Tables. Thread-safe.
 *
 * <p>Every write carries an id of its own, which its row keeps. By it a lost answer, or a conflict
 * that the client's own second try has met, is told from another's write; and an ETag is handed out
 * only for the very text that was written with it.
 */
public final class AzureTable implements Table {
  private static final Set<String> CONFLICTS =
      Set.of(
          "EntityAlreadyExists",
          "UpdateConditionNotSatisfied",
          "ResourceNotFound",
          "EntityNotFound",
          "ConditionNotMet");

  /** Matches no state of any row. */
  private static final String OVERTAKEN = "W/\"overtaken\"";

  private final TableClient client;
  private final StorageFaults faults;
  private final Supplier<String> writeIds;
  private volatile boolean made;

  private AzureTable(TableClient client, StorageFaults faults, Supplier<String> writeIds) {
    this.client = client;
    this.faults = faults;
    this.writeIds = writeIds;
  }

  /**
   * Sends nothing yet. A table that isn't there is made before the first write.
   *
   * @param endpoint the table service, without a path
   * @param http with finite timeouts
   */
  public static AzureTable open(
      URI endpoint, String name, TokenCredential credential, HttpClient http) {
    TableClient client =
        new TableClientBuilder()
            .endpoint(endpoint.toString())
            .tableName(name)
            .credential(credential)
            .httpClient(http)
            .retryOptions(StorageRetries.options())
            .buildClient();
    StorageFaults faults = StorageFaults.ofTables(endpoint.toString());
    return new AzureTable(client, faults, () -> UUID.randomUUID().toString());
  }

  @Override
  public Optional<Row> get(String partition, String rowKey) {
    return read(partition, rowKey).map(entity -> row(entity, entity.getETag()));
  }

  private Optional<TableEntity> read(String partition, String rowKey) {
    try {
      return Optional.of(
          client
              .getEntityWithResponse(
                  partition, rowKey, null, StorageRetries.WHOLE_CALL, Context.NONE)
              .getValue());
    } catch (RuntimeException failed) {
      if (isMissing(failed)) {
        return Optional.empty();
      }
      throw faults.of(failed);
    }
  }

  private static boolean isMissing(RuntimeException failed) {
    return switch (StorageFaults.code(failed)) {
      case "ResourceNotFound", "EntityNotFound", "TableNotFound" -> true;
      default -> false;
    };
  }

  @Override
  public List<Row> listByPrefix(String partition, String rowKeyPrefix) {
    TableLimits.checkKey(partition);
    ListEntitiesOptions options =
        new ListEntitiesOptions().setFilter(EntityFilter.of(partition, rowKeyPrefix));
    try {
      List<Row> rows = new ArrayList<>();
      for (TableEntity entity : client.listEntities(options, null, Context.NONE)) {
        rows.add(row(entity, entity.getETag()));
      }
      return List.copyOf(rows);
    } catch (UnreadableRow broken) {
      throw broken;
    } catch (RuntimeException failed) {
      if (isMissing(failed)) {
        return List.of();
      }
      throw faults.of(failed);
    }
  }

  @Override
  public List<Row> transact(String partition, List<Write> writes) {
    TableLimits.checkTransaction(partition, writes);
    String writeId = writeIds.get();
    submit(partition, writes, writeId);
    List<Row> stored = new ArrayList<>();
    for (Write write : writes) {
      Precondition.textAfter(write)
          .map(text -> new Row(partition, write.rowKey(), text, etag(partition, write, writeId)))
          .ifPresent(stored::add);
    }
    return List.copyOf(stored);
  }

  private void submit(String partition, List<Write> writes, String writeId) {
    List<TableTransactionAction> actions = EntityActions.of(partition, writes, writeId);
    make();
    try {
      client.submitTransactionWithResponse(actions, StorageRetries.WHOLE_CALL, Context.NONE);
    } catch (RuntimeException failed) {
      settle(partition, writes, writeId, failed);
    }
  }

  /** Makes the table, once in a process; one that is there stays as it is. */
  private void make() {
    if (made) {
      return;
    }
    try {
      client.createTableWithResponse(StorageRetries.WHOLE_CALL, Context.NONE);
    } catch (RuntimeException failed) {
      if (!StorageFaults.code(failed).equals("TableAlreadyExists")) {
        throw faults.of(failed);
      }
    }
    made = true;
  }

  /** What went wrong may have been the second try of what the first one had done. */
  private void settle(
      String partition, List<Write> writes, String writeId, RuntimeException failed) {
    boolean conflict = CONFLICTS.contains(StorageFaults.code(failed));
    if (isOurs(partition, writes, writeId)) {
      return;
    }
    if (conflict) {
      throw new Conflict("a row of " + partition + " is in another state than was expected");
    }
    throw faults.of(failed);
  }

  /** A transaction takes effect as a whole, so one of its rows tells of all. */
  private boolean isOurs(String partition, List<Write> writes, String writeId) {
    for (Write write : writes) {
      if (Precondition.textAfter(write).isPresent()) {
        return read(partition, write.rowKey()).filter(row -> isBy(row, writeId)).isPresent();
      }
    }
    return false;
  }

  private static boolean isBy(TableEntity entity, String writeId) {
    return writeId.equals(entity.getProperty(EntityActions.WRITE_ID));
  }

  /**
   * A transaction's answer names no ETags that the client shows, so the row is read again. If
   * another has written it since, the ETag of that must not be taken for ours.
   */
  private String etag(String partition, Write write, String writeId) {
    return read(partition, write.rowKey())
        .filter(row -> isBy(row, writeId))
        .map(TableEntity::getETag)
        .orElse(OVERTAKEN);
  }

  private static Row row(TableEntity entity, String etag) {
    return new Row(entity.getPartitionKey(), entity.getRowKey(), EntityText.of(entity), etag);
  }
}
