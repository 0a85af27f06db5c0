package dev.rekey.size;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pacing;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.Shard;
import dev.rekey.reencryption.Tally;
import dev.rekey.storage.MeasuredTable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The engine unchanged on 100,000 Secrets; etcd is the judge, and Azure's limits are its own. */
class HundredThousandSecretsTest {
  private static final int SECRETS = LargeCluster.SECRETS;

  /** Characters of records for each Secret, both passes together. */
  private static final int MOST_WRITTEN = 60;

  private static final int MOST_READ = 150;

  @Test
  void limitsOfOneProcess_everySecretIsProvedAndEveryRowAndMessageFits() {
    LargeCluster large = new LargeCluster(Limits.ALONE, () -> false);

    Operation ended = large.reencrypt();

    assertProved(large, ended, Limits.ALONE);
    assertFits(large);
    assertRecordsStaySmall(large.table);
  }

  @Test
  void limitsOfAFleet_everySecretIsProvedAndTheLargeNamespaceLeavesNoTail() {
    LargeCluster large = new LargeCluster(Limits.FLEET, () -> false);

    Operation ended = large.reencrypt();

    assertProved(large, ended, Limits.FLEET);
    assertFits(large);
    assertRecordsStaySmall(large.table);
    for (Pass pass : ended.progress().passes()) {
      List<Duration> took =
          large.work.stream()
              .filter(work -> work.passId().equals(pass.id()))
              .map(LargeCluster.ShardWork::took)
              .toList();
      int workers = Limits.FLEET.parallelShards();
      Duration ideal = Workers.ideal(workers, took);
      assertThat(Workers.allDone(workers, took))
          .as("%d shards, ideally %s", took.size(), ideal)
          .isLessThan(ideal.plus(ideal.dividedBy(20)));
    }
  }

  /**
   * A shard of 1,000 takes 0.4 s, so that each is handed on; and every 30,000th patch its worker is
   * killed with patches in flight.
   */
  @Test
  void timeIsOverAndWorkersAreKilled_restIsTakenUpAndEverySecretIsCountedOnce() {
    Limits hasty = new Limits(32, Pacing.FIXED, 4, 1_000, Duration.ofMillis(150));
    AtomicInteger patches = new AtomicInteger();
    LargeCluster large = new LargeCluster(hasty, () -> patches.incrementAndGet() % 30_000 == 0);

    Operation ended = large.reencrypt();

    assertProved(large, ended, hasty);
    assertFits(large);
    assertThat(large.kills).isGreaterThanOrEqualTo(6);
    int shards = ended.progress().passes().stream().mapToInt(Pass::shards).sum();
    assertThat(large.work.size()).as("messages of shards").isGreaterThan(2 * shards);
    assertThat(patches.get()).as("patches").isLessThan(2 * SECRETS + 1_000 * large.kills);
  }

  private static void assertProved(LargeCluster large, Operation ended, Limits limits) {
    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(large.cluster.oracle().under(large.current.url())).isEqualTo(SECRETS);
    Evidence evidence = large.evidence(ended);
    assertThat(evidence.secrets()).isEqualTo(new Evidence.Secrets(SECRETS, SECRETS, 0, 0, 0, 0));
    assertThat(evidence.proof().unchanged()).isEqualTo(SECRETS);
    for (Pass pass : ended.progress().passes()) {
      assertSumsHold(large.shards(ended, pass), pass, limits);
    }
  }

  /** Promise S3, shard by shard and in total. */
  private static void assertSumsHold(List<Shard> shards, Pass pass, Limits limits) {
    assertThat(shards)
        .hasSize(pass.shards())
        .allSatisfy(
            shard -> {
              assertThat(shard.tally().discovered()).isBetween(1L, (long) limits.shardSize());
              assertThat(shard.tally().remaining()).isZero();
            });
    Tally sum = shards.stream().map(Shard::tally).reduce(Tally.NONE, Tally::plus);
    assertThat(sum).isEqualTo(pass.tally());
    assertThat(sum.discovered()).isEqualTo(SECRETS);
    int full = SECRETS / limits.shardSize();
    assertThat(shards.size()).as("shards are full").isBetween(full, full + full / 10 + 1);
  }

  /** The limits of Azure Tables and Azure's queues, as documented. */
  private static void assertFits(LargeCluster large) {
    MeasuredTable table = large.table;
    assertThat(table.largestProperty()).isLessThanOrEqualTo(64 << 10);
    assertThat(table.largestRow()).isLessThanOrEqualTo(1 << 20);
    assertThat(table.largestTransaction()).isLessThanOrEqualTo(4 << 20);
    assertThat(table.mostWrites()).isLessThanOrEqualTo(100);
    assertThat(table.longestKey()).isLessThanOrEqualTo(1 << 10);
    assertThat(large.longestMessage).isLessThanOrEqualTo(64 << 10);
  }

  private static void assertRecordsStaySmall(MeasuredTable table) {
    assertThat(table.written() / SECRETS).as("written").isLessThan(MOST_WRITTEN);
    assertThat(table.read() / SECRETS).as("read").isLessThan(MOST_READ);
  }
}
