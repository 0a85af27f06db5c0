package dev.rekey.service;

import dev.rekey.storage.MemoryTable;
import dev.rekey.storage.Row;
import dev.rekey.storage.Table;
import dev.rekey.storage.Write;
import java.util.List;
import java.util.Optional;

/** A real table in memory that notes which rows were written together, in order. */
final class LoggingTable implements Table {
  final MemoryTable real = new MemoryTable();
  private final List<String> log;

  LoggingTable(List<String> log) {
    this.log = log;
  }

  @Override
  public Optional<Row> get(String partition, String rowKey) {
    return real.get(partition, rowKey);
  }

  @Override
  public List<Row> listByPrefix(String partition, String rowKeyPrefix) {
    return real.listByPrefix(partition, rowKeyPrefix);
  }

  @Override
  public List<Row> transact(String partition, List<Write> writes) {
    List<Row> rows = real.transact(partition, writes);
    log.add("stored " + String.join("+", writes.stream().map(Write::rowKey).toList()));
    return rows;
  }
}
