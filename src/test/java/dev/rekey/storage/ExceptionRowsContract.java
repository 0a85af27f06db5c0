package dev.rekey.storage;

import static dev.rekey.operation.Example.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Fate;
import dev.rekey.reencryption.SecretException;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.Shard;
import dev.rekey.reencryption.ShardPacking;
import dev.rekey.reencryption.Tally;
import dev.rekey.service.port.Stored;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Twenty thousand Secrets that all end as exceptions, in every kind of store. */
abstract class ExceptionRowsContract {
  private static final int SECRETS = 20_000;
  private static final String OPERATION = "20260301120000-abcdef";
  private static final String PASS = "prove-current-proof-turn-31";

  abstract TableRecords records();

  @Test
  void allOfTwentyThousandAreDeniedByALongNamedPolicy_allComeBackFromRowsThatHoldThem() {
    TableRecords records = records();
    List<SecretException> all = new ArrayList<>();
    int shards = workOff(records, all, "p".repeat(253));

    List<SecretException> read = new ArrayList<>();
    for (Shard shard : records.shards(CLUSTER, OPERATION, PASS, shards)) {
      assertThat(shard.exceptions()).as("names, for the coordinator").isEmpty();
      assertThat(shard.tally().remaining()).isZero();
      read.addAll(records.exceptions(CLUSTER, OPERATION, PASS, shard));
    }
    assertThat(read).hasSize(SECRETS).isEqualTo(all);
    Stored<Shard> first = records.shard(CLUSTER, OPERATION, PASS, 0).orElseThrow();
    assertThat(first.value().exceptions())
        .isEqualTo(all.subList(0, first.value().exceptions().size()));
  }

  @Test
  void shardIsHandedOn_itsExceptionsGrowAndNoneIsLost() {
    TableRecords records = records();
    Shard listed = Shard.of(0, secrets(0, 6));
    records.putShards(CLUSTER, OPERATION, PASS, List.of(listed));

    for (int done = 0; done < 6; done += 2) {
      Stored<Shard> stored = records.shard(CLUSTER, OPERATION, PASS, 0).orElseThrow();
      Shard worked =
          stored
              .value()
              .worked(
                  secrets(done + 2, 6),
                  denied(stored.value().tally(), 2),
                  exceptions(secrets(done, done + 2), "guard"));
      records.saveShard(CLUSTER, OPERATION, PASS, stored.with(worked));
    }

    Shard ended = records.shards(CLUSTER, OPERATION, PASS, 1).get(0);
    assertThat(records.exceptions(CLUSTER, OPERATION, PASS, ended))
        .isEqualTo(exceptions(secrets(0, 6), "guard"));
  }

  /** Begun again after a crash, a list writes over the shards that it left. */
  @Test
  void shardOfAnEarlierListHadMore_noneOfThemIsTakenForTheNewOnes() {
    TableRecords records = records();
    records.putShards(CLUSTER, OPERATION, PASS, List.of(Shard.unlistable(0, "broken")));
    records.putShards(CLUSTER, OPERATION, PASS, List.of(Shard.of(0, secrets(0, 3))));

    Shard read = records.shard(CLUSTER, OPERATION, PASS, 0).orElseThrow().value();

    assertThat(read).isEqualTo(Shard.of(0, secrets(0, 3)));
  }

  private static int workOff(TableRecords records, List<SecretException> all, String policy) {
    ShardPacking packing = new ShardPacking(2_000);
    secrets(0, SECRETS).forEach(packing::add);
    List<Shard> shards = packing.takeRest();
    records.putShards(CLUSTER, OPERATION, PASS, shards);
    for (int number = 0; number < shards.size(); number++) {
      Stored<Shard> stored = records.shard(CLUSTER, OPERATION, PASS, number).orElseThrow();
      List<SecretException> found = exceptions(stored.value().remaining(), policy);
      Tally tally = denied(stored.value().tally(), found.size());
      all.addAll(found);
      records.saveShard(
          CLUSTER, OPERATION, PASS, stored.with(stored.value().worked(List.of(), tally, found)));
    }
    return shards.size();
  }

  private static Tally denied(Tally before, int count) {
    Tally tally = before;
    for (int number = 0; number < count; number++) {
      tally = tally.plus(Fate.EXCEPTION, 1);
    }
    return tally;
  }

  private static List<SecretRef> secrets(int from, int to) {
    List<SecretRef> secrets = new ArrayList<>();
    for (int number = from; number < to; number++) {
      String namespace = String.format("team-%03d", number / 500);
      secrets.add(new SecretRef(namespace, String.format("application-%05d", number), "4711"));
    }
    return secrets;
  }

  private static List<SecretException> exceptions(List<SecretRef> secrets, String policy) {
    return secrets.stream()
        .map(
            secret ->
                new SecretException(
                    secret.namespace(), secret.name(), ExceptionReason.DENIED_BY_POLICY, policy))
        .toList();
  }
}
