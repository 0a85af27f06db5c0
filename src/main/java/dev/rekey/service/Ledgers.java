package dev.rekey.service;

import dev.rekey.key.Cloud;
import dev.rekey.key.InvalidKeyId;
import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.Records;
import dev.rekey.service.port.Stored;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ledger of a cluster, begun when the cluster is first seen. */
final class Ledgers {
  private final Records records;

  Ledgers(Records records) {
    this.records = records;
  }

  Stored<Ledger> of(ClusterName cluster, @Nullable KeyId current, Instant now) {
    return records
        .ledger(cluster)
        .orElseGet(() -> records.begin(cluster, Ledger.firstSeen(now, current)));
  }

  /**
   * The ledger without beginning one: of a cluster that was never seen before, what it would begin
   * with.
   */
  Ledger look(ClusterName cluster, @Nullable KeyId current, Instant now) {
    return records
        .ledger(cluster)
        .map(Stored::value)
        .orElseGet(() -> Ledger.firstSeen(now, current));
  }

  /** A {@code keyId} as ARM shows it, if it is a key version's URL in a vault of this cloud. */
  static Optional<KeyId> parse(@Nullable String keyId, Cloud cloud) {
    if (keyId == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(KeyId.parse(keyId, cloud));
    } catch (InvalidKeyId invalid) {
      return Optional.empty();
    }
  }
}
