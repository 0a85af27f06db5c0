package dev.rekey.storage;

import java.util.Optional;

/**
 * What a write comes to, as the journal keeps it: the row's whole state afterwards. To carry it out
 * twice does no harm.
 *
 * @param row the row afterwards; empty if it is gone
 */
record RowChange(String rowKey, Optional<StoredRow> row) {

  static RowChange of(Write write, Optional<StoredRow> before) {
    long version = before.map(StoredRow::version).orElse(0L) + 1;
    return new RowChange(
        write.rowKey(),
        Precondition.textAfter(write).map(text -> new StoredRow(write.rowKey(), version, text)));
  }
}
