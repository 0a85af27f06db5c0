package dev.rekey.service;

import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Progress;
import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.SecretException;
import dev.rekey.reencryption.Shard;
import dev.rekey.service.port.Records;
import dev.rekey.service.port.Stored;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells which Secrets an operation could not rewrite: all those of its last round that has ended,
 * where the evidence may hold the first of them only. Of an operation that has stalled, too.
 */
public final class ReadExceptions {
  private static final Pattern TOKEN = Pattern.compile("[0-9]{1,9}");

  private final Records records;

  public ReadExceptions(Records records) {
    this.records = records;
  }

  /**
   * One page, in no order; its length depends on how many a part of the round has met.
   *
   * @param next the token of the page before; null for the first page
   * @return an empty page if there are none, or no such operation
   * @throws IllegalArgumentException if the token is none that a page came with
   */
  public Listing<SecretException> page(
      ClusterName cluster, String operationId, @Nullable String next) {
    if (next != null && !TOKEN.matcher(next).matches()) {
      throw new IllegalArgumentException("take the token from the page before, as it is");
    }
    Optional<Operation> operation = records.operation(cluster, operationId).map(Stored::value);
    Optional<Pass> last = operation.map(Operation::progress).flatMap(Progress::lastEnded);
    if (last.isEmpty()) {
      return new Listing<>(List.of(), null);
    }
    int first = next == null ? 0 : Integer.parseInt(next);
    FoundExceptions found = new FoundExceptions(records, operation.get(), last.get());
    List<Shard> rest =
        found.shardsWithSome().stream().filter(shard -> shard.number() >= first).toList();
    return rest.isEmpty()
        ? new Listing<>(List.of(), null)
        : new Listing<>(
            found.of(rest.get(0)), rest.size() == 1 ? null : String.valueOf(rest.get(1).number()));
  }
}
