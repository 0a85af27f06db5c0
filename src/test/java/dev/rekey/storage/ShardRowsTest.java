package dev.rekey.storage;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.Shard;
import dev.rekey.reencryption.ShardPacking;
import dev.rekey.reencryption.Tally;
import dev.rekey.reencryption.Tried;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ShardRowsTest {
  private final TableRecords records = new TableRecords(new MemoryTable());

  @Test
  void shards_comeBackWithoutTheirSecretsInListsAndWithThemAlone() {
    Shard shard =
        Shard.of(0, Samples.secrets(3))
            .worked(
                Samples.secrets(2),
                new Tally(3, 0, 1, 0, 1, 1, 1),
                Samples.exceptions(ExceptionReason.UNSETTLED, 1))
            .dispatched(NOW, 8);
    records.putShards(CLUSTER, "op", "pass", List.of(shard));

    assertThat(records.shard(CLUSTER, "op", "pass", 0).orElseThrow().value()).isEqualTo(shard);
    assertThat(records.shards(CLUSTER, "op", "pass", 1)).containsExactly(shard.nameless());
  }

  @Test
  void shardsOfAnEarlierListBeyondTheCount_areLeftOut() {
    records.putShards(
        CLUSTER, "op", "pass", List.of(Shard.of(0, List.of()), Shard.of(1, List.of())));

    assertThat(records.shards(CLUSTER, "op", "pass", 1))
        .extracting(Shard::number)
        .containsExactly(0);
  }

  @Test
  void shardsOfAnotherPassWhoseNameBeginsAlike_areLeftOut() {
    records.putShards(CLUSTER, "op", "write-write-1", List.of(Shard.of(0, List.of())));
    records.putShards(CLUSTER, "op", "write-write-10", List.of(Shard.of(1, List.of())));

    assertThat(records.shards(CLUSTER, "op", "write-write-1", 10)).hasSize(1);
  }

  @Test
  void shardSavedFromAnOlderState_isAConflict() {
    records.putShards(CLUSTER, "op", "pass", List.of(Shard.of(0, Samples.secrets(1))));
    Stored<Shard> stale = records.shard(CLUSTER, "op", "pass", 0).orElseThrow();
    records.saveShard(CLUSTER, "op", "pass", stale.with(stale.value().dispatched(NOW, 1)));

    assertThatThrownBy(() -> records.saveShard(CLUSTER, "op", "pass", stale))
        .isInstanceOf(Conflict.class);
  }

  /** As after a run, which leaves first what was in flight and what waits. */
  @Test
  void secretsOfSeveralListsInAnyOrder_comeBackInTheirOrder() {
    List<SecretRef> mixed =
        List.of(
            new SecretRef("b", "two", "7"),
            new SecretRef("a", "one", "5"),
            new SecretRef("a", "three", "5"),
            new SecretRef("a", "four", "6"),
            new SecretRef("b", "one", "7"));
    records.putShards(CLUSTER, "op", "pass", List.of(Shard.of(0, mixed)));

    assertThat(records.shard(CLUSTER, "op", "pass", 0).orElseThrow().value().remaining())
        .isEqualTo(mixed);
  }

  @Test
  void shardReadToBeMarked_comesWithoutNamesAndLosesNone() {
    Shard shard = Shard.of(0, Samples.secrets(3));
    records.putShards(CLUSTER, "op", "pass", List.of(shard));
    Stored<Shard> bare = records.shardWithoutNames(CLUSTER, "op", "pass", 0).orElseThrow();

    records.markShard(CLUSTER, "op", "pass", bare.with(bare.value().dispatched(NOW, 8)));

    assertThat(bare.value()).isEqualTo(shard.holding(List.of()));
    assertThat(records.shard(CLUSTER, "op", "pass", 0).orElseThrow().value())
        .isEqualTo(shard.dispatched(NOW, 8));
  }

  @Test
  void shardsOfTheLongestNames_fitIntoTheirRows() {
    for (int nameLength : new int[] {1, 20, 253}) {
      ShardPacking packing = new ShardPacking(2000);
      for (int number = 0; number < 2500; number++) {
        packing.add(
            new SecretRef(
                "n".repeat(Math.min(63, nameLength)),
                String.format("%0" + nameLength + "d", number % 10),
                "18446744073709551615"));
      }

      records.putShards(
          CLUSTER, "20260301120000-abcdef", "prove-current-proof-3", packing.takeRest());
    }
  }

  /** The fullest shard that one process makes, after a worker whose every look was put off. */
  @Test
  void everyLookOfAFullShardWasPutOff_itStillFitsIntoItsRow() {
    Instant exact = Instant.parse("2026-11-24T18:00:00.123456789Z");
    for (int length : new int[] {8, 60, 253}) {
      ShardPacking packing = new ShardPacking(Limits.ALONE.shardSize());
      for (int number = 0; number < Limits.ALONE.shardSize(); number++) {
        packing.add(
            new SecretRef(
                "n", "%0{length}d".replace("{length}", "" + length).formatted(number), "1"));
      }
      Shard full = packing.takeRest().get(0);
      Map<String, Tried> tried = new TreeMap<>();
      full.remaining().forEach(secret -> tried.put(secret.toString(), new Tried(9, exact, exact)));
      records.putShards(CLUSTER, "op", "put-off", List.of(full));
      Stored<Shard> stored = records.shard(CLUSTER, "op", "put-off", 0).orElseThrow();

      records.saveShard(
          CLUSTER,
          "op",
          "put-off",
          stored.with(full.worked(full.remaining(), tried, full.tally(), List.of())));

      assertThat(records.shard(CLUSTER, "op", "put-off", 0).orElseThrow().value().tried())
          .hasSize(full.remaining().size());
    }
  }
}
