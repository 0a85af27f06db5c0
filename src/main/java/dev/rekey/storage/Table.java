package dev.rekey.storage;

import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.OutsideFault;
import java.util.List;
import java.util.Optional;

/**
 * Rows of text under a partition and a row key, in the shape of Azure Tables. What one partition
 * holds can change in one transaction; what two hold can't.
 *
 * <p>Keys keep to what Azure Tables takes, and texts to what fits into a row there, in every
 * implementation: a record that a folder stores must not fail on the day it goes to Azure. {@link
 * Write} refuses others.
 *
 * <p>Every method throws {@link OutsideFault} if it gets no usable answer; for one that writes, the
 * outcome is then unknown.
 */
public interface Table {

  /** The largest number of writes in one transaction. */
  int MAX_WRITES = 100;

  Optional<Row> get(String partition, String rowKey);

  /**
   * The rows of a partition whose keys start with a text, ordered by key as {@link
   * String#compareTo} orders.
   *
   * @param rowKeyPrefix empty for all rows
   */
  List<Row> listByPrefix(String partition, String rowKeyPrefix);

  /**
   * The keys of the rows of a partition that start with a text, ordered as {@link #listByPrefix}
   * orders: for who doesn't need what is in the rows, which may be large.
   */
  default List<String> keysByPrefix(String partition, String rowKeyPrefix) {
    return listByPrefix(partition, rowKeyPrefix).stream().map(Row::rowKey).toList();
  }

  /**
   * Carries out all writes, or none.
   *
   * @param writes 1 to {@link #MAX_WRITES} writes, no two of the same row, with at most 1.3 million
   *     characters together
   * @return the rows as they are now stored, in the order of the writes; deleted ones are left out
   * @throws Conflict if a row isn't in the state that its write expects
   */
  List<Row> transact(String partition, List<Write> writes);

  /**
   * Stores a new row.
   *
   * @throws Conflict if there is one with this key
   */
  default Row insert(String partition, String rowKey, String text) {
    return transact(partition, List.of(new Write.Insert(rowKey, text))).get(0);
  }

  /**
   * Stores another text in a row.
   *
   * @param etag the state that the change was made from; never blank
   * @throws Conflict if the row is in another state, or gone
   */
  default Row replace(String partition, String rowKey, String text, String etag) {
    return transact(partition, List.of(new Write.Replace(rowKey, text, etag))).get(0);
  }

  /**
   * Deletes a row.
   *
   * @param etag the state that the decision was made from; never blank
   * @throws Conflict if the row is in another state, or gone
   */
  default void delete(String partition, String rowKey, String etag) {
    transact(partition, List.of(new Write.Delete(rowKey, etag)));
  }
}
