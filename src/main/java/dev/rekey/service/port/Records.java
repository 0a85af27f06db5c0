package dev.rekey.service.port;

import dev.rekey.key.Ledger;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Shard;
import java.util.List;
import java.util.Optional;

/**
 * Our own memory, one partition per cluster. A method that stores throws {@link Conflict} if the
 * state isn't the one that was read, and {@link OutsideFault} if the outcome isn't known.
 */
public interface Records {

  Optional<Stored<Operation>> operation(ClusterName cluster, String operationId);

  /** The operation that holds the cluster's lock. */
  Optional<Stored<Operation>> active(ClusterName cluster);

  /** All operations of a cluster, oldest first, by their ids. */
  List<Operation> operations(ClusterName cluster);

  /** Stores a new operation and takes the cluster's lock, in one transaction. */
  Stored<Operation> start(Operation operation);

  Stored<Operation> save(Stored<Operation> changed);

  /** Stores operation and ledger in one transaction. */
  Stored<Operation> save(Stored<Operation> changed, Stored<Ledger> ledger);

  /**
   * Stores the ended operation, gives up the lock, in one transaction; ledger and evidence where
   * given.
   */
  void end(Stored<Operation> ended, Optional<Stored<Ledger>> ledger, Optional<Evidence> evidence);

  Optional<Stored<Ledger>> ledger(ClusterName cluster);

  /** Stores the first ledger of a cluster. */
  Stored<Ledger> begin(Ledger ledger);

  /** Stores the shards of a pass, in place of any with the same numbers. */
  void putShards(ClusterName cluster, String operationId, String passId, List<Shard> shards);

  /** The shards of a pass, by number, without their Secrets' names. */
  List<Shard> shards(ClusterName cluster, String operationId, String passId, int count);

  Optional<Stored<Shard>> shard(ClusterName cluster, String operationId, String passId, int number);

  Stored<Shard> saveShard(
      ClusterName cluster, String operationId, String passId, Stored<Shard> shard);

  /** The stored bytes of an operation's evidence, as text. */
  Optional<String> evidence(ClusterName cluster, String operationId);
}
