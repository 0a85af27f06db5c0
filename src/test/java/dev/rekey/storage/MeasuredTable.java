package dev.rekey.storage;

import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableTransactionAction;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A table in memory that measures everything it is given, as Azure Tables would store it, and
 * counts the characters of texts that are written and read.
 */
public final class MeasuredTable implements Table {
  /** What an action of a transaction has around its entity: boundary, request line, headers. */
  private static final int AROUND_AN_ACTION = 1_500;

  private static final String WRITE_ID = "0123456789abcdef0123456789abcdef";

  private final MemoryTable table = new MemoryTable();
  private int largestProperty;
  private int largestRow;
  private int largestTransaction;
  private int mostWrites;
  private int longestKey;
  private long written;
  private long read;
  private long rowsRead;
  private long queries;

  /** Bytes of the largest property's value; Azure takes 64 KiB. */
  public int largestProperty() {
    return largestProperty;
  }

  /** Bytes of the largest row, names and keys included; Azure takes 1 MiB. */
  public int largestRow() {
    return largestRow;
  }

  /** Bytes of the largest transaction's body; Azure takes 4 MiB. */
  public int largestTransaction() {
    return largestTransaction;
  }

  /** Writes of the longest transaction; Azure takes 100. */
  public int mostWrites() {
    return mostWrites;
  }

  /** Bytes of the longest key; Azure takes 1 KiB. */
  public int longestKey() {
    return longestKey;
  }

  /** Characters of all texts that were written. */
  public long written() {
    return written;
  }

  /** Characters of all texts that were read. */
  public long read() {
    return read;
  }

  public long rowsRead() {
    return rowsRead;
  }

  public long queries() {
    return queries;
  }

  @Override
  public Optional<Row> get(String partition, String rowKey) {
    Optional<Row> row = table.get(partition, rowKey);
    note(row.map(List::of).orElse(List.of()));
    return row;
  }

  @Override
  public List<Row> listByPrefix(String partition, String rowKeyPrefix) {
    List<Row> rows = table.listByPrefix(partition, rowKeyPrefix);
    note(rows);
    return rows;
  }

  private void note(List<Row> rows) {
    queries++;
    rowsRead += rows.size();
    rows.forEach(row -> read += row.text().length());
  }

  /** Measured as the very entities that would be sent. */
  @Override
  public List<Row> transact(String partition, List<Write> writes) {
    int body = 0;
    for (TableTransactionAction action : EntityActions.of(partition, writes, WRITE_ID)) {
      body += AROUND_AN_ACTION + measure(action.getEntity());
    }
    largestTransaction = Math.max(largestTransaction, body);
    mostWrites = Math.max(mostWrites, writes.size());
    for (Write write : writes) {
      written += Precondition.textAfter(write).map(String::length).orElse(0);
    }
    return table.transact(partition, writes);
  }

  /**
   * Bytes of an entity as it is sent. Stored, a row takes 4 bytes, its keys as UTF-16, and for each
   * property 8 bytes, its name as UTF-16, and its value: for a text 4 bytes and itself as UTF-16.
   */
  private int measure(TableEntity entity) {
    String partition = entity.getPartitionKey();
    String key = entity.getRowKey();
    longestKey = Math.max(longestKey, 2 * Math.max(partition.length(), key.length()));
    int row = 4 + 2 * (partition.length() + key.length());
    int sent = 0;
    Map<String, Object> properties = new TreeMap<>(entity.getProperties());
    properties.remove("odata.etag");
    for (Map.Entry<String, Object> property : properties.entrySet()) {
      String text = property.getValue().toString();
      largestProperty = Math.max(largestProperty, 2 * text.length());
      row += 12 + 2 * property.getKey().length() + 2 * text.length();
      sent +=
          property.getKey().length() + 6 + JsonStringEncoder.getInstance().quoteAsUTF8(text).length;
    }
    largestRow = Math.max(largestRow, row);
    return sent;
  }
}
