package dev.rekey.storage;

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
import dev.rekey.service.port.Records;
import dev.rekey.service.port.Stored;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Our records in a table: one partition per cluster, row kinds by prefix. */
public final class TableRecords implements Records {
  private static final RecordCodec SIMULATED = new RecordCodec(new RememberedTexts(2_000));

  private final OperationRows operations;
  private final ShardRows shards;
  private final RenewalRows renewals;
  private final AlertRows alerts;
  private final WaveRows waves;

  public TableRecords(Table table) {
    this(table, new RecordCodec());
  }

  private TableRecords(Table table, RecordCodec codec) {
    this.operations = new OperationRows(table, codec);
    this.shards = new ShardRows(table, codec);
    this.renewals = new RenewalRows(table, codec);
    this.alerts = new AlertRows(table, codec);
    this.waves = new WaveRows(table, codec);
  }

  /**
   * Records for simulations, which play nearly the same course again and again: a text that was
   * read lately, in this world or another, isn't taken apart again.
   */
  public static TableRecords simulated(Table table) {
    return new TableRecords(table, SIMULATED);
  }

  @Override
  public Optional<Stored<Operation>> operation(ClusterName cluster, String operationId) {
    return operations.operation(cluster, operationId);
  }

  @Override
  public Optional<Stored<Operation>> active(ClusterName cluster) {
    return operations.active(cluster);
  }

  @Override
  public Optional<ClusterName> clusterOf(String operationId) {
    return operations.clusterOf(operationId);
  }

  @Override
  public void eachActive(Consumer<Operation> look) {
    operations.eachActive(look);
  }

  @Override
  public List<Operation> operations(ClusterName cluster) {
    return operations.operations(cluster);
  }

  @Override
  public Optional<String> lastOperationId(ClusterName cluster) {
    return operations.lastOperationId(cluster);
  }

  @Override
  public Stored<Operation> start(Operation operation) {
    return operations.start(operation);
  }

  @Override
  public Stored<Operation> takeOver(Stored<Operation> ended, Operation next) {
    return operations.takeOver(ended, next);
  }

  @Override
  public Stored<Operation> save(Stored<Operation> changed) {
    return operations.save(changed);
  }

  @Override
  public Stored<Operation> save(Stored<Operation> changed, Stored<Ledger> ledger) {
    return operations.save(changed, ledger);
  }

  @Override
  public void end(Stored<Operation> ended) {
    operations.end(ended);
  }

  @Override
  public void end(Stored<Operation> ended, Stored<Ledger> ledger, Evidence evidence) {
    operations.end(ended, ledger, evidence);
  }

  @Override
  public Optional<Stored<Ledger>> ledger(ClusterName cluster) {
    return operations.ledger(cluster);
  }

  @Override
  public Stored<Ledger> begin(ClusterName cluster, Ledger ledger) {
    return operations.begin(cluster, ledger);
  }

  @Override
  public Stored<Ledger> save(ClusterName cluster, Stored<Ledger> changed) {
    return operations.save(cluster, changed);
  }

  @Override
  public Optional<String> lastEvidenceHash(ClusterName cluster) {
    return operations.lastEvidenceHash(cluster);
  }

  @Override
  public List<String> evidenceIds(ClusterName cluster) {
    return operations.evidenceIds(cluster);
  }

  @Override
  public Optional<StoredEvidence> evidence(ClusterName cluster, String operationId) {
    return operations.evidence(cluster, operationId);
  }

  @Override
  public Optional<Stored<OpenAlerts>> alerts(ClusterName cluster) {
    return alerts.get(cluster);
  }

  @Override
  public void saveAlerts(
      ClusterName cluster, OpenAlerts open, @Nullable Stored<OpenAlerts> before) {
    alerts.put(cluster, open, before);
  }

  @Override
  public void putShards(ClusterName cluster, String operationId, String passId, List<Shard> all) {
    shards.put(cluster.value(), operationId + "-" + passId, all);
  }

  @Override
  public List<Shard> shards(ClusterName cluster, String operationId, String passId, int count) {
    return shards.list(cluster.value(), operationId + "-" + passId, count);
  }

  @Override
  public Optional<Stored<Shard>> shard(
      ClusterName cluster, String operationId, String passId, int number) {
    return shards.get(cluster.value(), operationId + "-" + passId, number);
  }

  @Override
  public Optional<Stored<Shard>> shardWithoutNames(
      ClusterName cluster, String operationId, String passId, int number) {
    return shards.getWithoutNames(cluster.value(), operationId + "-" + passId, number);
  }

  @Override
  public Stored<Shard> markShard(
      ClusterName cluster, String operationId, String passId, Stored<Shard> shard) {
    return shards.mark(cluster.value(), operationId + "-" + passId, shard);
  }

  @Override
  public Stored<Shard> saveShard(
      ClusterName cluster, String operationId, String passId, Stored<Shard> shard) {
    return shards.save(cluster.value(), operationId + "-" + passId, shard);
  }

  @Override
  public List<SecretException> exceptions(
      ClusterName cluster, String operationId, String passId, Shard shard) {
    return shards.exceptions(cluster.value(), operationId + "-" + passId, shard);
  }

  @Override
  public Optional<Stored<RenewalIntent>> renewal(VaultKey key) {
    return renewals.get(key);
  }

  @Override
  public void intend(VaultKey key, RenewalIntent intent, @Nullable Stored<RenewalIntent> before) {
    renewals.put(key, intent, before);
  }

  @Override
  public Optional<Stored<RenewalIntent>> extension(KeyId version) {
    return renewals.get(version);
  }

  @Override
  public void intendExtension(RenewalIntent intent, @Nullable Stored<RenewalIntent> before) {
    renewals.putExtension(intent, before);
  }

  @Override
  public Optional<Stored<WaveReleases>> waveReleases(VaultKey key) {
    return waves.get(key);
  }

  @Override
  public void release(VaultKey key, WaveReleases releases, @Nullable Stored<WaveReleases> before) {
    waves.put(key, releases, before);
  }
}
