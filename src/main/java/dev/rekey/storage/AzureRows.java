package dev.rekey.storage;

import com.azure.core.http.HttpPipeline;
import com.azure.core.http.rest.PagedResponse;
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
import java.util.function.Function;
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
    return entity(partition, rowKey, null).map(entity -> row(partition, rowKey, entity));
  }

  /** The ETag of a row if it is as this write has left it; empty if it isn't. */
  Optional<String> etagIfWrittenBy(String writeId, String partition, String rowKey) {
    return entity(partition, rowKey, List.of(EntityActions.WRITE_ID))
        .filter(entity -> writeId.equals(entity.getProperty(EntityActions.WRITE_ID)))
        .map(this::etag);
  }

  private Optional<TableEntity> entity(
      String partition, String rowKey, @Nullable List<String> properties) {
    SentRequest request = new SentRequest();
    try {
      return Optional.of(
          client
              .getEntityWithResponse(partition, rowKey, properties, null, request.context())
              .getValue());
    } catch (RuntimeException failure) {
      if (isAbsent(failure)) {
        return Optional.empty();
      }
      throw faults.of(reading, failure, request);
    }
  }

  List<Row> list(String partition, String rowKeyPrefix) {
    ListEntitiesOptions options =
        new ListEntitiesOptions().setFilter(EntityFilter.of(partition, rowKeyPrefix));
    return list(options, rowKeyPrefix, entity -> row(partition, entity.getRowKey(), entity))
        .stream()
        .sorted(Comparator.comparing(Row::rowKey))
        .toList();
  }

  /** Asks for no other property: a page then holds a thousand of them, whatever the rows hold. */
  List<String> keys(String partition, String rowKeyPrefix) {
    ListEntitiesOptions options =
        new ListEntitiesOptions()
            .setFilter(EntityFilter.of(partition, rowKeyPrefix))
            .setSelect(List.of("PartitionKey", "RowKey"));
    return list(
            options,
            rowKeyPrefix,
            entity -> {
              checkAsked(partition, entity.getRowKey(), entity);
              return entity.getRowKey();
            })
        .stream()
        .sorted()
        .toList();
  }

  private <T> List<T> list(
      ListEntitiesOptions options, String rowKeyPrefix, Function<TableEntity, T> read) {
    List<T> found = new ArrayList<>();
    SentRequest request = new SentRequest();
    int pages = 0;
    try {
      for (PagedResponse<TableEntity> page :
          client.listEntities(options, null, request.context()).iterableByPage()) {
        pages++;
        for (TableEntity entity : page.getValue()) {
          if (entity.getRowKey().startsWith(rowKeyPrefix)) {
            found.add(read.apply(entity));
          }
        }
      }
    } catch (UnreadableRow ofANewerRelease) {
      throw ofANewerRelease;
    } catch (RuntimeException failure) {
      if (isAbsent(failure)) {
        return List.of();
      }
      throw faults.of(reading, failure, request);
    }
    checkEnded(pages, request);
    return found;
  }

  /**
   * To the SDK an answer of success that holds no list, and even nothing at all, ends a list
   * without a page.
   */
  private void checkEnded(int pages, SentRequest request) {
    if (pages < request.successes() && !request.isAnsweredWithList("value")) {
      throw faults.malformed(reading, "a page of rows comes without them");
    }
  }

  /** A 404 that storage itself gave: one of a proxy says nothing about a row. */
  private boolean isAbsent(RuntimeException failure) {
    return faults
        .answer(failure)
        .filter(answer -> answer.isAnyOf("ResourceNotFound", "EntityNotFound", "TableNotFound"))
        .isPresent();
  }

  private Row row(String partition, String rowKey, TableEntity entity) {
    checkAsked(partition, rowKey, entity);
    return new Row(partition, rowKey, EntityText.of(entity), etag(entity));
  }

  private void checkAsked(String partition, String rowKey, TableEntity entity) {
    // Not by the SDK's getters: they cast whatever came.
    boolean isAsked =
        partition.equals(entity.getProperty("PartitionKey"))
            && rowKey.equals(entity.getProperty("RowKey"));
    if (!isAsked) {
      throw faults.malformed(reading, "a row comes that wasn't asked for");
    }
  }

  private String etag(TableEntity entity) {
    if (!(entity.getProperty(EntityActions.ETAG) instanceof String etag) || etag.isBlank()) {
      throw faults.malformed(reading, "a row comes without its ETag");
    }
    return etag;
  }

  /** Sends the writes of one transaction. Throws what the SDK throws. */
  void submit(List<TableTransactionAction> actions, SentRequest request) {
    int answers =
        client
            .submitTransactionWithResponse(actions, null, request.context())
            .getValue()
            .getTransactionActionResponses()
            .size();
    if (answers != actions.size()) {
      throw faults.malformed(writing, "its answer isn't one to each write");
    }
  }

  /** Makes the table if there is none yet. */
  void createTable() {
    SentRequest request = new SentRequest();
    try {
      client.createTableWithResponse(null, request.context());
    } catch (RuntimeException failure) {
      if (answer(failure).filter(answer -> answer.isAnyOf("TableAlreadyExists")).isEmpty()) {
        throw fault(failure, request);
      }
    }
  }

  Optional<StorageAnswer> answer(RuntimeException failure) {
    return faults.answer(failure);
  }

  OutsideFault fault(RuntimeException failure, SentRequest request) {
    return faults.of(writing, failure, request);
  }

  OutsideFault unknown() {
    return faults.unknown(writing);
  }
}
