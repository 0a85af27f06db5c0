package dev.rekey.endtoend;

import dev.rekey.storage.MemoryTable;
import dev.rekey.storage.Row;
import dev.rekey.storage.Table;
import dev.rekey.storage.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A table that remembers every text that was ever to be stored. */
final class RecordingTable implements Table {
  final List<String> texts = Collections.synchronizedList(new ArrayList<>());
  private final MemoryTable table = new MemoryTable();

  @Override
  public Optional<Row> get(String partition, String rowKey) {
    return table.get(partition, rowKey);
  }

  @Override
  public List<Row> listByPrefix(String partition, String rowKeyPrefix) {
    return table.listByPrefix(partition, rowKeyPrefix);
  }

  @Override
  public List<Row> transact(String partition, List<Write> writes) {
    writes.forEach(write -> texts.add(write.toString()));
    return table.transact(partition, writes);
  }
}
