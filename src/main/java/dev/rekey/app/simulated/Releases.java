package dev.rekey.app.simulated;

import dev.rekey.storage.Row;
import dev.rekey.storage.Table;
import dev.rekey.storage.Write;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * While a release rolls out, instances of the one before and of the new one are at work side by
 * side. What the new one stores or sends has a schema that the other doesn't know; the new one
 * reads both.
 */
public final class Releases implements Table {
  private static final String SCHEMA = "{\"schema\":\"";

  private final Table table;
  private final SplittableRandom random;
  private final Set<List<String>> newerRows = new HashSet<>();
  private final Set<Work> newerWork = new HashSet<>();
  private boolean rolling;
  private boolean newer;

  /** A message that only the newer release can read. */
  public static final class UnreadableWork extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** One release is at work until another begins to roll out. */
  public Releases(Table table, long seed) {
    this.table = table;
    this.random = new SplittableRandom(seed);
  }

  /** The newer release begins to roll out. */
  void roll() {
    rolling = true;
  }

  /** Every instance is of the newer release now. */
  void haveRolled() {
    rolling = false;
    newerRows.clear();
    newerWork.clear();
  }

  boolean areRolling() {
    return rolling;
  }

  /** Lets an instance work, of either release. */
  void work(Runnable work) {
    boolean before = newer;
    newer = rolling && random.nextBoolean();
    try {
      work.run();
    } finally {
      newer = before;
    }
  }

  /** The instance at work sends something. */
  void sent(Work work) {
    if (rolling) { // an instance may outlive the time in which there were two
      mark(newerWork, work);
    }
  }

  /**
   * Whether the instance at work can read it.
   *
   * @throws UnreadableWork if it can't
   */
  void checkReadable(Work work) {
    if (!newer && newerWork.contains(work)) {
      throw new UnreadableWork();
    }
  }

  private <T> void mark(Set<T> marked, T one) {
    if (newer) {
      marked.add(one);
    } else {
      marked.remove(one);
    }
  }

  @Override
  public Optional<Row> get(String partition, String rowKey) {
    return table.get(partition, rowKey).map(this::shown);
  }

  @Override
  public List<Row> listByPrefix(String partition, String rowKeyPrefix) {
    List<Row> rows = table.listByPrefix(partition, rowKeyPrefix);
    return newerRows.isEmpty() ? rows : rows.stream().map(this::shown).toList();
  }

  @Override
  public List<Row> transact(String partition, List<Write> writes) {
    List<Row> stored = table.transact(partition, writes);
    if (rolling) {
      writes.forEach(write -> mark(newerRows, List.of(partition, write.rowKey())));
    }
    return stored;
  }

  private Row shown(Row row) {
    boolean unknown = !newer && newerRows.contains(List.of(row.partition(), row.rowKey()));
    return unknown && row.text().startsWith(SCHEMA)
        ? new Row(
            row.partition(),
            row.rowKey(),
            row.text().replaceFirst("/v[0-9]+\"", "/v999\""),
            row.etag())
        : row;
  }
}
