package dev.rekey.storage;

import dev.rekey.reencryption.SecretException;
import java.util.ArrayList;
import java.util.List;

/**
 * The exceptions of a shard, in rows of their own: a shard may consist of nothing else, each named
 * with a policy's long name, and the coordinator, which reads each shard often, needs none of them.
 */
final class ExceptionRows {
  private static final String EXCEPTIONS = "rekey.dev/exceptions/v1";

  /** Characters in a row, at most; some room is left for the last of them. */
  private static final int MOST_CHARACTERS = 400_000;

  /** What a record costs besides its names, at most. */
  private static final int MEMBERS = 120;

  private final Table table;
  private final RecordCodec codec;

  /** One row. */
  record Exceptions(List<SecretException> exceptions) {}

  ExceptionRows(Table table, RecordCodec codec) {
    this.table = table;
    this.codec = codec;
  }

  /** What stores them, in the transaction that stores their shard. */
  List<Write> writes(String pass, int shard, List<SecretException> all) {
    List<Write> writes = new ArrayList<>();
    int first = 0;
    int characters = 0;
    for (int number = 0; number < all.size(); number++) {
      characters += length(all.get(number));
      boolean last = number + 1 == all.size();
      if (last || characters + length(all.get(number + 1)) > MOST_CHARACTERS) {
        String text =
            codec.write(EXCEPTIONS, new Exceptions(List.copyOf(all.subList(first, number + 1))));
        writes.add(new Write.Put(row(pass, shard, writes.size()), text));
        first = number + 1;
        characters = 0;
      }
    }
    return writes;
  }

  /**
   * Those of a shard.
   *
   * @param count how many it has by its tally; what an earlier list left behind them is left out
   */
  List<SecretException> list(String partition, String pass, int shard, long count) {
    if (count == 0) {
      return List.of();
    }
    return table.listByPrefix(partition, prefix(pass, shard)).stream()
        .map(row -> codec.read(EXCEPTIONS, row.text(), Exceptions.class))
        .flatMap(row -> row.exceptions().stream())
        .limit(count)
        .toList();
  }

  private static int length(SecretException one) {
    int by = one.by() == null ? 0 : one.by().length();
    return one.namespace().length() + one.name().length() + by + MEMBERS;
  }

  private static String prefix(String pass, int shard) {
    return "exception-" + pass + "-" + ShardRows.inOrder(shard) + "-";
  }

  private static String row(String pass, int shard, int number) {
    return prefix(pass, shard) + String.format("%03d", number);
  }
}
