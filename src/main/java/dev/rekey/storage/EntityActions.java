package dev.rekey.storage;

import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableTransactionAction;
import com.azure.data.tables.models.TableTransactionActionType;
import java.util.List;

/** Writes as actions of a transaction of Azure Tables, each marked with the write's id. */
final class EntityActions {
  static final String WRITE_ID = "WriteId";

  /** How the client carries an ETag: it becomes {@code If-Match}, and isn't stored. */
  static final String ETAG = "odata.etag";

  private EntityActions() {}

  static List<TableTransactionAction> of(String partition, List<Write> writes, String writeId) {
    return writes.stream().map(write -> action(partition, write, writeId)).toList();
  }

  private static TableTransactionAction action(String partition, Write write, String writeId) {
    TableEntity entity = new TableEntity(partition, write.rowKey());
    if (write instanceof Write.Delete delete) {
      entity.addProperty(ETAG, checked(delete.etag()));
      return new TableTransactionAction(TableTransactionActionType.DELETE, entity, true);
    }
    entity.addProperty(WRITE_ID, writeId);
    EntityText.put(entity, Precondition.textAfter(write).orElseThrow());
    if (write instanceof Write.Replace replace) {
      entity.addProperty(ETAG, checked(replace.etag()));
      return new TableTransactionAction(TableTransactionActionType.UPDATE_REPLACE, entity, true);
    }
    return write instanceof Write.Insert
        ? new TableTransactionAction(TableTransactionActionType.CREATE, entity)
        : new TableTransactionAction(TableTransactionActionType.UPSERT_REPLACE, entity);
  }

  /** Without an ETag the client sends no {@code If-Match}: a silent overwrite. */
  private static String checked(String etag) {
    TableLimits.checkEtag(etag);
    return etag;
  }
}
