package dev.rekey.service;

import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.SecretException;
import dev.rekey.reencryption.Shard;
import dev.rekey.service.port.Records;
import java.util.List;

/** The exceptions of a pass, one shard after another, so that no more than one's are in memory. */
final class FoundExceptions {
  private final Records records;
  private final Operation operation;
  private final Pass pass;

  FoundExceptions(Records records, Operation operation, Pass pass) {
    this.records = records;
    this.operation = operation;
    this.pass = pass;
  }

  List<Shard> shards() {
    return records.shards(operation.cluster(), operation.id(), pass.id(), pass.shards());
  }

  /** The shards that have some. */
  List<Shard> shardsWithSome() {
    return shards().stream().filter(shard -> shard.tally().exceptions() > 0).toList();
  }

  List<SecretException> of(Shard shard) {
    return shard.tally().exceptions() == 0
        ? List.of()
        : records.exceptions(operation.cluster(), operation.id(), pass.id(), shard);
  }

  List<SecretException> all() {
    return shardsWithSome().stream().flatMap(shard -> of(shard).stream()).toList();
  }
}
