package dev.rekey.storage;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.ledger;
import static dev.rekey.operation.Example.ledgerProvedOn;
import static dev.rekey.operation.Example.rotation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.key.Ledger;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.EvidenceOf;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.Shard;
import dev.rekey.reencryption.Tally;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.Records;
import dev.rekey.service.port.Stored;
import dev.rekey.testbed.azurite.Azurite;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our records on Azure Tables. */
class AzureRecordsIT {
  private static final int FULL_SHARD = 1_000;
  private static Azurite azurite;

  private final String name = "T" + UUID.randomUUID().toString().replace("-", "");
  private final TableRecords records = open();
  private final TableRecords another = open();

  @BeforeAll
  static void start() {
    azurite = Azurite.start();
  }

  @AfterAll
  static void stop() {
    azurite.close();
  }

  private TableRecords open() {
    return new TableRecords(
        AzureTable.open(azurite.tables(), name, azurite.credential(), azurite.transport()));
  }

  @Test
  void twoStartAtTheSameTime_oneHoldsTheLock() {
    Stored<Operation> first = records.start(rotation());

    assertThatThrownBy(() -> another.start(named("20260301-2"))).isInstanceOf(Conflict.class);
    assertThat(another.active(CLUSTER)).contains(first);
    assertThat(active(another)).containsExactly(first.value());
  }

  private static List<Operation> active(Records records) {
    List<Operation> active = new ArrayList<>();
    records.eachActive(active::add);
    return active;
  }

  private static Operation named(String id) {
    Operation example = rotation();
    return new Operation(
        id,
        example.kind(),
        example.cluster(),
        example.origin(),
        example.route(),
        example.startedAt(),
        example.progress());
  }

  @Test
  void operationIsSavedTurnByTurnAndFromAnOlderStateNoMore() {
    Stored<Operation> first = records.start(rotation());
    Operation next = rotation().with(rotation().progress().nextTurn());

    Stored<Operation> second = records.save(first.with(next));
    Stored<Operation> third = records.save(second.with(next.with(next.progress().nextTurn())));

    assertThatThrownBy(() -> another.save(second)).isInstanceOf(Conflict.class);
    assertThat(another.operation(CLUSTER, rotation().id())).contains(third);
  }

  @Test
  void ledgerHasMovedMeanwhile_operationIsNotStoredEither() {
    Stored<Operation> operation = records.start(rotation());
    Stored<Ledger> stale = records.begin(CLUSTER, ledger());
    another.save(operation, stale.with(ledgerProvedOn(1, ETAG)));
    Stored<Operation> now = records.operation(CLUSTER, rotation().id()).orElseThrow();
    Operation changed = rotation().with(rotation().progress().nextTurn());

    assertThatThrownBy(() -> records.save(now.with(changed), stale)).isInstanceOf(Conflict.class);
    assertThat(records.operation(CLUSTER, rotation().id())).contains(now);
  }

  @Test
  void endedOperation_givesUpTheLockAndLeavesItsEvidence() {
    Stored<Operation> stored = records.start(rotation());
    Stored<Ledger> ledger = records.begin(CLUSTER, ledger());
    Evidence evidence =
        EvidenceOf.of(stored.value(), ledger.value(), clusterOn(2), null, NOW, List.of());
    Ending ending = new Ending(Ending.Outcome.COMPLETED, Reason.RECORDED, "detail", "seen", NOW);
    Operation ended = stored.value().with(stored.value().progress().with(ending));

    records.end(stored.with(ended), ledger, evidence);

    assertThat(another.active(CLUSTER)).isEmpty();
    assertThat(active(another)).isEmpty();
    assertThat(another.evidence(CLUSTER, ended.id()).orElseThrow().evidence()).isEqualTo(evidence);
    assertThat(another.lastEvidenceHash(CLUSTER)).isPresent();
  }

  @Test
  void shardsOfFullSizeWithTheLongestNames_comeBack() {
    List<SecretRef> secrets =
        IntStream.range(0, FULL_SHARD)
            .mapToObj(
                n -> new SecretRef("n".repeat(63), "%0253d".formatted(n), "18446744073709551615"))
            .toList();
    List<Shard> shards = List.of(Shard.of(0, secrets), Shard.of(1, Samples.secrets(FULL_SHARD)));
    records.putShards(CLUSTER, "op", "pass", shards);

    assertThat(another.shard(CLUSTER, "op", "pass", 0).orElseThrow().value())
        .isEqualTo(shards.get(0));
    assertThat(another.shards(CLUSTER, "op", "pass", 2))
        .containsExactly(shards.get(0).nameless(), shards.get(1).nameless());
  }

  @Test
  void shardIsWorkedOff_itsExceptionsAreKeptAndAnOlderStateIsAConflict() {
    records.putShards(CLUSTER, "op", "pass", List.of(Shard.of(0, Samples.secrets(3))));
    Stored<Shard> stale = records.shard(CLUSTER, "op", "pass", 0).orElseThrow();
    Stored<Shard> given =
        records.markShard(CLUSTER, "op", "pass", stale.with(stale.value().dispatched(NOW, 8)));
    Shard worked =
        given
            .value()
            .worked(
                Samples.secrets(1),
                new Tally(3, 0, 1, 0, 1, 1, 1),
                Samples.exceptions(ExceptionReason.UNSETTLED, 1));

    Stored<Shard> saved = records.saveShard(CLUSTER, "op", "pass", given.with(worked));

    assertThat(another.shard(CLUSTER, "op", "pass", 0)).contains(saved);
    assertThatThrownBy(() -> another.saveShard(CLUSTER, "op", "pass", stale))
        .isInstanceOf(Conflict.class);
    assertThat(another.shard(CLUSTER, "op", "pass", 0)).contains(saved);
  }
}
