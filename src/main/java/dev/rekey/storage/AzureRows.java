package dev.rekey.storage;

import com.azure.core.http.HttpPipeline;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableClientBuilder;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableTransactionAction;
import dev.rekey.service.port.OutsideFault;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The requests to Azure Tables. What isn't their ordinary answer is a fault of storage. */
final class AzureRows {
  private final TableClient client;
  private final StorageFaults faults;
  private final String reading;
  private final String writing;

  AzureRows(URI endpoint, String tableName, HttpPipeline pipeline, StorageFaults faults) {
    this.client =
        new TableClientBuilder()
            .endpoint(endpoint.toString())
            .tableName(tableName)
            .pipeline(pipeline)
            .buildClient();
    this.faults = faults;
    this.reading = "read the table " + tableName;
    this.writing = "write to the table " + tableName;
  }

  Optional<Row> get(String partition, String rowKey) {
    return entity(partition, rowKey, null).map(this::row);
  }

  /** The ETag of a row if it is as this write has left it; empty if it isn't. */
  Optional<String> etagIfWrittenBy(String writeId, String partition, String rowKey) {
    return entity(partition, rowKey, List.of(EntityActions.WRITE_ID))
        .filter(entity -> writeId.equals(entity.getProperty(EntityActions.WRITE_ID)))
        .map(this::etag);
  }

  private Optional<TableEntity> entity(
      String partition, String rowKey, @Nullable List<String> properties) {
    try {
      return Optional.of(
          client
              .getEntityWithResponse(
                  partition, rowKey, properties, null, new SentRequest().context())
              .getValue());
    } catch (RuntimeException failure) {
      if (isAbsent(failure)) {
        return Optional.empty();
      }
      throw faults.of(reading, failure);
    }
  }

  List<Row> list(String partition, String rowKeyPrefix) {
    ListEntitiesOptions options =
        new ListEntitiesOptions().setFilter(EntityFilter.of(partition, rowKeyPrefix));
    List<Row> rows = new ArrayList<>();
    try {
      for (TableEntity entity : client.listEntities(options, null, new SentRequest().context())) {
        if (entity.getRowKey().startsWith(rowKeyPrefix)) {
          rows.add(row(entity));
        }
      }
    } catch (UnreadableRow ofANewerRelease) {
      throw ofANewerRelease;
    } catch (RuntimeException failure) {
      if (isAbsent(failure)) {
        return List.of();
      }
      throw faults.of(reading, failure);
    }
    rows.sort(Comparator.comparing(Row::rowKey));
    return List.copyOf(rows);
  }

  /** A 404 that storage itself gave: one of a proxy says nothing about a row. */
  private boolean isAbsent(RuntimeException failure) {
    return faults
        .answer(failure)
        .filter(answer -> answer.isAnyOf("ResourceNotFound", "EntityNotFound", "TableNotFound"))
        .isPresent();
  }

  private Row row(TableEntity entity) {
    return new Row(
        entity.getPartitionKey(), entity.getRowKey(), EntityText.of(entity), etag(entity));
  }

  private String etag(TableEntity entity) {
    String etag = entity.getETag();
    if (etag == null || etag.isBlank()) {
      throw faults.malformed(reading, "a row comes without its ETag");
    }
    return etag;
  }

  /** Sends the writes of one transaction. Throws what the SDK throws. */
  void submit(List<TableTransactionAction> actions, SentRequest request) {
    client.submitTransactionWithResponse(actions, null, request.context());
  }

  /** Makes the table if there is none yet. */
  void createTable() {
    try {
      client.createTableWithResponse(null, new SentRequest().context());
    } catch (RuntimeException failure) {
      if (answer(failure).filter(answer -> answer.isAnyOf("TableAlreadyExists")).isEmpty()) {
        throw fault(failure);
      }
    }
  }

  Optional<StorageAnswer> answer(RuntimeException failure) {
    return faults.answer(failure);
  }

  OutsideFault fault(RuntimeException failure) {
    return faults.of(writing, failure);
  }

  OutsideFault unknown() {
    return faults.unknown(writing);
  }
}
