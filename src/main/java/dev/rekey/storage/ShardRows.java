package dev.rekey.storage;

import dev.rekey.reencryption.SecretException;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.Shard;
import dev.rekey.service.port.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The shards of a pass. Each has two rows: its tally, which the coordinator reads often, and the
 * names of its Secrets, which only its worker reads; and its exceptions have as many as they need.
 * All are written in one transaction.
 */
final class ShardRows {
  private static final String SHARD = "rekey.dev/shard/v1";
  private static final String NAMES = "rekey.dev/shard-secrets/v2";

  private final Table table;
  private final RecordCodec codec;
  private final ExceptionRows exceptions;

  ShardRows(Table table, RecordCodec codec) {
    this.table = table;
    this.codec = codec;
    this.exceptions = new ExceptionRows(table, codec);
  }

  void put(String partition, String pass, List<Shard> shards) {
    for (Shard shard : shards) {
      table.transact(
          partition, writes(pass, shard, new Write.Put(row(pass, shard.number()), text(shard))));
    }
  }

  private List<Write> writes(String pass, Shard shard, Write own) {
    List<Write> writes = new ArrayList<>();
    writes.add(own);
    writes.add(new Write.Put(namesRow(pass, shard.number()), names(shard)));
    writes.addAll(exceptions.writes(pass, shard.number(), shard.exceptions()));
    return writes;
  }

  List<Shard> list(String partition, String pass, int count) {
    List<Shard> shards = new ArrayList<>();
    for (Row row : table.listByPrefix(partition, prefix(pass))) {
      Shard shard = codec.read(SHARD, row.text(), Shard.class);
      if (shard.number() < count) {
        shards.add(shard);
      }
    }
    return shards;
  }

  Optional<Stored<Shard>> get(String partition, String pass, int number) {
    Optional<Stored<Shard>> bare = getWithoutNames(partition, pass, number);
    Optional<Row> names = table.get(partition, namesRow(pass, number));
    if (bare.isEmpty() || names.isEmpty()) {
      return Optional.empty();
    }
    Shard shard = bare.get().value();
    List<SecretRef> secrets = codec.read(NAMES, names.get().text(), NamesRow.class).secrets();
    List<SecretException> found = exceptions(partition, pass, shard);
    return Optional.of(bare.get().with(shard.holding(secrets).having(found)));
  }

  /** As it lies in its own row: without its Secrets' names and without its exceptions. */
  Optional<Stored<Shard>> getWithoutNames(String partition, String pass, int number) {
    return table
        .get(partition, row(pass, number))
        .map(row -> new Stored<>(codec.read(SHARD, row.text(), Shard.class), row.etag()));
  }

  List<SecretException> exceptions(String partition, String pass, Shard shard) {
    return exceptions.list(partition, pass, shard.number(), shard.tally().exceptions());
  }

  /** Leaves the names as they are. */
  Stored<Shard> mark(String partition, String pass, Stored<Shard> shard) {
    Shard marked = shard.value();
    Row row = table.replace(partition, row(pass, marked.number()), text(marked), shard.etag());
    return new Stored<>(marked, row.etag());
  }

  Stored<Shard> save(String partition, String pass, Stored<Shard> shard) {
    int number = shard.value().number();
    String text = text(shard.value());
    Write own = new Write.Replace(row(pass, number), text, shard.etag());
    List<Row> rows = table.transact(partition, writes(pass, shard.value(), own));
    return new Stored<>(shard.value(), rows.get(0).etag());
  }

  private String text(Shard shard) {
    return codec.write(SHARD, shard.nameless());
  }

  private String names(Shard shard) {
    return codec.write(NAMES, NamesRow.of(shard.remaining()));
  }

  private static String prefix(String pass) {
    return "shard-" + pass + "-";
  }

  /** A number as row keys hold it: six digits, so that rows lie in the order of the numbers. */
  static String inOrder(int number) {
    String digits = Integer.toString(number);
    return "000000".substring(Math.min(6, digits.length())) + digits;
  }

  private static String row(String pass, int number) {
    return prefix(pass) + inOrder(number);
  }

  private static String namesRow(String pass, int number) {
    return "names-" + pass + "-" + inOrder(number);
  }
}
