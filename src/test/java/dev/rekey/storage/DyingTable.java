package dev.rekey.storage;

import java.util.List;
import java.util.Optional;

/** A table whose user is killed at one call: before it takes effect, or behind it. */
final class DyingTable implements Table {
  private final Table real;
  private final int moment;
  private int moments;

  /** The end of the process. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param moment odd ones are before a call, even ones behind it, from 1 on
   */
  DyingTable(Table real, int moment) {
    this.real = real;
    this.moment = moment;
  }

  @Override
  public Optional<Row> get(String partition, String rowKey) {
    live();
    Optional<Row> row = real.get(partition, rowKey);
    live();
    return row;
  }

  @Override
  public List<Row> listByPrefix(String partition, String rowKeyPrefix) {
    return real.listByPrefix(partition, rowKeyPrefix);
  }

  @Override
  public List<Row> transact(String partition, List<Write> writes) {
    live();
    List<Row> rows = real.transact(partition, writes);
    live();
    return rows;
  }

  private void live() {
    if (++moments == moment) {
      throw new Killed();
    }
  }
}
