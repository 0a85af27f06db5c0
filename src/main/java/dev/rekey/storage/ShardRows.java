package dev.rekey.storage;

import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.Shard;
import dev.rekey.service.port.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The shards of a pass. Each has two rows, written in one transaction: its tally, which the
 * coordinator reads often, and the names of its Secrets, which only its worker reads.
 */
final class ShardRows {
  private static final String SHARD = "rekey.dev/shard/v1";
  private static final String NAMES = "rekey.dev/shard-secrets/v2";

  private final Table table;
  private final RecordCodec codec;

  ShardRows(Table table, RecordCodec codec) {
    this.table = table;
    this.codec = codec;
  }

  void put(String partition, String pass, List<Shard> shards) {
    for (Shard shard : shards) {
      table.transact(
          partition,
          List.of(
              new Write.Put(row(pass, shard.number()), text(shard)),
              new Write.Put(namesRow(pass, shard.number()), names(shard))));
    }
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
    List<SecretRef> secrets = codec.read(NAMES, names.get().text(), NamesRow.class).secrets();
    return Optional.of(bare.get().with(bare.get().value().holding(secrets)));
  }

  Optional<Stored<Shard>> getWithoutNames(String partition, String pass, int number) {
    return table
        .get(partition, row(pass, number))
        .map(row -> new Stored<>(codec.read(SHARD, row.text(), Shard.class), row.etag()));
  }

  /** Leaves the names as they are. */
  Stored<Shard> mark(String partition, String pass, Stored<Shard> shard) {
    Shard marked = shard.value();
    Row row = table.replace(partition, row(pass, marked.number()), text(marked), shard.etag());
    return new Stored<>(marked, row.etag());
  }

  Stored<Shard> save(String partition, String pass, Stored<Shard> shard) {
    int number = shard.value().number();
    List<Row> rows =
        table.transact(
            partition,
            List.of(
                new Write.Replace(row(pass, number), text(shard.value()), shard.etag()),
                new Write.Put(namesRow(pass, number), names(shard.value()))));
    return new Stored<>(shard.value(), rows.get(0).etag());
  }

  private String text(Shard shard) {
    return codec.write(SHARD, shard.holding(List.of()));
  }

  private String names(Shard shard) {
    return codec.write(NAMES, NamesRow.of(shard.remaining()));
  }

  private static String prefix(String pass) {
    return "shard-" + pass + "-";
  }

  private static String row(String pass, int number) {
    return prefix(pass) + String.format("%06d", number);
  }

  private static String namesRow(String pass, int number) {
    return "names-" + pass + "-" + String.format("%06d", number);
  }
}
