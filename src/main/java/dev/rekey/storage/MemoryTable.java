package dev.rekey.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A table in memory. Its ETags count the writes, so that the same run gives the same ones.
 * Thread-safe.
 */
public final class MemoryTable implements Table {
  private final Map<String, NavigableMap<String, Row>> partitions = new HashMap<>();
  private long writes;

  @Override
  public synchronized Optional<Row> get(String partition, String rowKey) {
    return Optional.ofNullable(rows(partition).get(rowKey));
  }

  @Override
  public synchronized List<Row> listByPrefix(String partition, String rowKeyPrefix) {
    List<Row> found = new ArrayList<>();
    for (Row row :
        rows(partition).tailMap(rowKeyPrefix, true).values()) { // a stream would count it
      if (!row.rowKey().startsWith(rowKeyPrefix)) {
        break;
      }
      found.add(row);
    }
    return List.copyOf(found);
  }

  /** How many rows were written so far. */
  public synchronized long writes() {
    return writes;
  }

  /** Every row of every partition. */
  public synchronized List<Row> all() {
    return partitions.values().stream().flatMap(rows -> rows.values().stream()).toList();
  }

  @Override
  public synchronized List<Row> transact(String partition, List<Write> transaction) {
    TableLimits.checkTransaction(partition, transaction);
    NavigableMap<String, Row> rows = rows(partition);
    for (Write write : transaction) {
      Precondition.check(write, Optional.ofNullable(rows.get(write.rowKey())));
    }
    List<Row> stored = new ArrayList<>();
    for (Write write : transaction) {
      apply(partition, rows, write).ifPresent(stored::add);
    }
    return List.copyOf(stored);
  }

  private Optional<Row> apply(String partition, NavigableMap<String, Row> rows, Write write) {
    Optional<Row> changed =
        Precondition.textAfter(write)
            .map(text -> new Row(partition, write.rowKey(), text, "\"" + ++writes + "\""));
    changed.ifPresentOrElse(row -> rows.put(row.rowKey(), row), () -> rows.remove(write.rowKey()));
    return changed;
  }

  private NavigableMap<String, Row> rows(String partition) {
    return partitions.computeIfAbsent(partition, unused -> new TreeMap<>());
  }
}
