package dev.rekey.reencryption;

import static dev.rekey.operation.Example.hash;
import static dev.rekey.reencryption.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyIdHash;
import dev.rekey.reencryption.CounterGrowth.Gap;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CounterGrowthTest {
  private static final Instant LATER = NOW.plusSeconds(60);

  @Test
  void twoReplicas_areAddedUpPerKey() {
    CounterGrowth growth =
        CounterGrowth.between(
            Samples.scrape(
                NOW, Samples.of("a").reads(hash(1), 5), Samples.of("b").reads(hash(1), 7)),
            Samples.scrape(
                LATER,
                Samples.of("a").reads(hash(1), 15).writes(hash(2), 3),
                Samples.of("b").reads(hash(1), 8).reads(hash(2), 4)));

    assertThat(growth.gap()).isNull();
    assertThat(growth.readsOf(hash(1))).isEqualTo(11);
    assertThat(growth.readsOf(hash(2))).isEqualTo(4);
    assertThat(growth.foreignReads(hash(1))).isEqualTo(4);
    assertThat(growth.foreignWrites(hash(1))).isEqualTo(3);
  }

  @Test
  void nothingHappened_noKeyIsNamed() {
    Scrape still = Samples.scrape(NOW, Samples.of("a").reads(hash(1), 5).writes(hash(1), 5));

    CounterGrowth growth = CounterGrowth.between(still, still);

    assertThat(growth.reads()).isEmpty();
    assertThat(growth.writes()).isEmpty();
  }

  @Test
  void plainReadsAndWrites_areForeign() {
    CounterGrowth growth =
        CounterGrowth.between(
            Samples.scrape(NOW, Samples.of("a").plain(1, 1)),
            Samples.scrape(LATER, Samples.of("a").plain(3, 5)));

    assertThat(growth.foreignReads(hash(1))).isEqualTo(2);
    assertThat(growth.foreignWrites(hash(1))).isEqualTo(4);
  }

  @Test
  void plainIsTheTarget_whatLiesUnderAKeyIsForeign() {
    CounterGrowth growth =
        CounterGrowth.between(
            Samples.scrape(NOW, Samples.of("a").plain(1, 1)),
            Samples.scrape(
                LATER, Samples.of("a").plain(3, 5).reads(hash(1), 7).writes(hash(1), 9)));

    assertThat(growth.readsOf(KeyIdHash.PLAIN)).isEqualTo(2);
    assertThat(growth.foreignReads(KeyIdHash.PLAIN)).isEqualTo(7);
    assertThat(growth.foreignWrites(KeyIdHash.PLAIN)).isEqualTo(9);
  }

  @Test
  void restartedReplica_countsFromZeroAndIsAGap() {
    CounterGrowth growth =
        CounterGrowth.between(
            Samples.scrape(NOW, Samples.of("a").reads(hash(1), 500)),
            Samples.scrape(LATER, Samples.of("a").reads(hash(1), 3).startedAt(NOW.plusSeconds(5))));

    assertThat(growth.gap()).isEqualTo(Gap.REPLICA_RESTARTED);
    assertThat(growth.readsOf(hash(1))).isEqualTo(3);
  }

  @Test
  void liveReplicaNotSampledBefore_isAGapAndItsOldCountersDoNotCount() {
    CounterGrowth growth =
        CounterGrowth.between(
            Samples.scrape(NOW, Set.of("a", "b"), Samples.of("a")),
            Samples.scrape(LATER, Samples.of("a"), Samples.of("b").reads(hash(1), 900)));

    assertThat(growth.gap()).isEqualTo(Gap.REPLICA_MISSED);
    assertThat(growth.readsOf(hash(1))).isZero();
  }

  @Test
  void liveReplicaNotSampledAfterwards_isAGap() {
    CounterGrowth growth =
        CounterGrowth.between(
            Samples.scrape(NOW, Samples.of("a"), Samples.of("b")),
            Samples.scrape(LATER, Set.of("a", "b"), Samples.of("a")));

    assertThat(growth.gap()).isEqualTo(Gap.REPLICA_MISSED);
  }

  @Test
  void replicaThatIsGoneAfterwards_isAGap() {
    CounterGrowth growth =
        CounterGrowth.between(
            Samples.scrape(NOW, Samples.of("a"), Samples.of("b")),
            Samples.scrape(LATER, Samples.of("a")));

    assertThat(growth.gap()).isEqualTo(Gap.REPLICA_MISSED);
  }

  @Test
  void replicaThatStartedInBetween_countsFromZeroAndIsAGap() {
    CounterGrowth growth =
        CounterGrowth.between(
            Samples.scrape(NOW, Samples.of("a")),
            Samples.scrape(
                LATER,
                Samples.of("a"),
                Samples.of("new").reads(hash(0), 2).startedAt(NOW.plusSeconds(5))));

    assertThat(growth.gap()).isEqualTo(Gap.REPLICA_MISSED);
    assertThat(growth.readsOf(hash(0))).isEqualTo(2);
  }

  @Test
  void noLiveReplicaAtAll_isAGap() {
    Scrape none = Samples.scrape(NOW, Set.of());

    assertThat(CounterGrowth.between(none, none).gap()).isEqualTo(Gap.REPLICA_MISSED);
  }

  @Test
  void oneReplicaAcrossItsRestart_isAGap() {
    ReplicaSample before = Samples.of("a").build();
    ReplicaSample after = Samples.of("a").startedAt(NOW).build();

    assertThat(CounterGrowth.between(before, after).gap()).isEqualTo(Gap.REPLICA_RESTARTED);
  }
}
