package dev.rekey.service.port;

import dev.rekey.fleet.OpenAlerts;
import dev.rekey.fleet.WaveReleases;
import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.RenewalIntent;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.SecretException;
import dev.rekey.reencryption.Shard;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Our own memory, one partition per cluster. A method that stores throws {@link Conflict} if the
 * state isn't the one that was read, and {@link OutsideFault} if the outcome isn't known.
 */
public interface Records {

  Optional<Stored<Operation>> operation(ClusterName cluster, String operationId);

  /** The operation that holds the cluster's lock. */
  Optional<Stored<Operation>> active(ClusterName cluster);

  /**
   * The cluster of an operation, by the operation's id alone; empty if there is no such operation.
   */
  Optional<ClusterName> clusterOf(String operationId);

  /**
   * Hands over each active operation of all clusters, oldest first. One that can't be read keeps no
   * other from being handed over.
   *
   * @throws RuntimeException that of the first that can't be read, after all others
   */
  void eachActive(Consumer<Operation> look);

  /** All operations of a cluster, oldest first, by their ids. */
  List<Operation> operations(ClusterName cluster);

  /**
   * The id of a cluster's last operation; empty if it had none. An operation that this release
   * can't read has one too.
   */
  Optional<String> lastOperationId(ClusterName cluster);

  /** Stores a new operation and takes the cluster's lock, in one transaction. */
  Stored<Operation> start(Operation operation);

  /**
   * Stores an operation that ended without evidence and the one that takes its place, with the
   * cluster's lock, in one transaction.
   */
  Stored<Operation> takeOver(Stored<Operation> ended, Operation next);

  Stored<Operation> save(Stored<Operation> changed);

  /** Stores operation and ledger in one transaction. */
  Stored<Operation> save(Stored<Operation> changed, Stored<Ledger> ledger);

  /** Stores an operation that ended without evidence, and gives up the lock, in one transaction. */
  void end(Stored<Operation> ended);

  /**
   * Stores the ended operation, its ledger and its evidence, and gives up the lock, in one
   * transaction.
   */
  void end(Stored<Operation> ended, Stored<Ledger> ledger, Evidence evidence);

  Optional<Stored<Ledger>> ledger(ClusterName cluster);

  /** Stores the first ledger of a cluster. */
  Stored<Ledger> begin(ClusterName cluster, Ledger ledger);

  /** Stores a cluster's ledger by itself. */
  Stored<Ledger> save(ClusterName cluster, Stored<Ledger> changed);

  /** The alerts of a cluster that aren't mended yet; empty if it never had one. */
  Optional<Stored<OpenAlerts>> alerts(ClusterName cluster);

  /**
   * Saves the alerts of a cluster.
   *
   * @param before those that they replace, as they were read; null if there were none
   */
  void saveAlerts(ClusterName cluster, OpenAlerts alerts, @Nullable Stored<OpenAlerts> before);

  /** Stores the shards of a pass, in place of any with the same numbers. */
  void putShards(ClusterName cluster, String operationId, String passId, List<Shard> shards);

  /**
   * The shards of a pass, by number, without the names of Secrets that remain or are exceptions.
   */
  List<Shard> shards(ClusterName cluster, String operationId, String passId, int count);

  /**
   * All exceptions of one shard.
   *
   * @param shard as {@link #shards} has given it
   */
  List<SecretException> exceptions(
      ClusterName cluster, String operationId, String passId, Shard shard);

  Optional<Stored<Shard>> shard(ClusterName cluster, String operationId, String passId, int number);

  /** The same without its Secrets' names: enough for who marks it, and a hundredth of the bytes. */
  Optional<Stored<Shard>> shardWithoutNames(
      ClusterName cluster, String operationId, String passId, int number);

  /** Stores who has a shard; which Secrets remain in it stays as it is. */
  Stored<Shard> markShard(
      ClusterName cluster, String operationId, String passId, Stored<Shard> shard);

  Stored<Shard> saveShard(
      ClusterName cluster, String operationId, String passId, Stored<Shard> shard);

  /** {@code sha256:} of the stored bytes of the cluster's newest evidence; empty if it has none. */
  Optional<String> lastEvidenceHash(ClusterName cluster);

  /**
   * The ids of a cluster's operations that have left evidence, oldest first. Costs little, however
   * much there is.
   */
  List<String> evidenceIds(ClusterName cluster);

  /** An operation's evidence. */
  Optional<StoredEvidence> evidence(ClusterName cluster, String operationId);

  /** The last intent to make a new version of a key. */
  Optional<Stored<RenewalIntent>> renewal(VaultKey key);

  /**
   * Saves an intent to make a new version of a key.
   *
   * @param before the intent that it replaces, as it was read; null if there was none
   */
  void intend(VaultKey key, RenewalIntent intent, @Nullable Stored<RenewalIntent> before);

  /** The last intent to move a key version's expiry on. */
  Optional<Stored<RenewalIntent>> extension(KeyId version);

  /**
   * Saves an intent to move a key version's expiry on.
   *
   * @param intent names the version
   * @param before the intent that it replaces, as it was read; null if there was none
   */
  void intendExtension(RenewalIntent intent, @Nullable Stored<RenewalIntent> before);

  /** What persons have released of the waves of a key. */
  Optional<Stored<WaveReleases>> waveReleases(VaultKey key);

  /**
   * Stores what persons have released of the waves of a key.
   *
   * @param before what it replaces, as it was read; null if there was none
   */
  void release(VaultKey key, WaveReleases releases, @Nullable Stored<WaveReleases> before);

  /**
   * Evidence with its stored bytes, which are what the next record's hash is taken of.
   *
   * @param bytes as UTF-8 text
   */
  record StoredEvidence(Evidence evidence, String bytes) {}
}
