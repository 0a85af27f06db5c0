package dev.rekey.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryTableTest extends TableContract {
  private final MemoryTable table = new MemoryTable();

  @Override
  Table table() {
    return table;
  }

  @Test
  void sameWritesGiveSameEtags() {
    Row here = table.insert("cluster", "operation-1", "one");
    Row there = new MemoryTable().insert("cluster", "operation-1", "one");

    assertThat(here).isEqualTo(there);
  }
}
