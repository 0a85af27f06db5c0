package dev.rekey.reencryption;

import static dev.rekey.operation.Example.hash;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Counters that are taken for a proof of what they don't show. */
class CountersHoleTest {

  /** Its lease is late, but it answered looks all the time, and what it read must count. */
  @Test
  void foreignReadsOfReplicaWhoseLeaseBecameLate_areNotDropped() {
    Scrape before =
        Samples.scrape(Samples.NOW, Samples.of("a").reads(hash(1), 5), Samples.of("late"));
    Scrape after =
        Samples.scrape(
            Samples.NOW.plusSeconds(90),
            Set.of("a"),
            Samples.of("a").reads(hash(1), 15),
            Samples.of("late").reads(hash(0), 3));

    CounterGrowth growth = CounterGrowth.between(before, after);

    assertThat(growth.gap() != null || growth.foreignReads(hash(1)) == 3).isTrue();
  }

  @Test
  void foreignWritesOfReplicaWhoseLeaseBecameLate_areNotDropped() {
    Scrape before =
        Samples.scrape(Samples.NOW, Samples.of("a").reads(hash(1), 5), Samples.of("late"));
    Scrape after =
        Samples.scrape(
            Samples.NOW.plusSeconds(90),
            Set.of("a"),
            Samples.of("a").reads(hash(1), 15),
            Samples.of("late").writes(hash(0), 3));

    CounterGrowth growth = CounterGrowth.between(before, after);

    assertThat(growth.gap() != null || growth.foreignWrites(hash(1)) == 3).isTrue();
  }

  /** As the method's own words say, and section 6: it may lie under any version that is dropped. */
  @Test
  void readThatEndedInADecryptionError_isForeign() {
    Scrape before = Samples.scrape(Samples.NOW, Samples.of("a"));
    Scrape after = Samples.scrape(Samples.NOW.plusSeconds(60), Samples.of("a").failedReads(2));

    assertThat(CounterGrowth.between(before, after).foreignReads(hash(1))).isEqualTo(2);
  }

  /** Promise S2: complete only if every Secret is accounted for. */
  @Test
  void proofWithSecretsThatNothingBecameOf_doesNotStand() {
    Pass pass =
        Passes.of("prove", PassKind.PROOF, hash(2))
            .ended(
                new Samples[] {
                  Samples.of("a").reads(hash(2), 100), Samples.of("b").reads(hash(2), 100)
                },
                Tally.discovered(10),
                ExceptionCounts.NONE);

    assertThat(pass.stands()).isFalse();
  }

  /** Promise S3: a shard that got lost took its Secrets with it. */
  @Test
  void proofWhoseShardsHoldFewerSecretsThanWereListed_doesNotStand() {
    Pass pass =
        Passes.of("prove", PassKind.PROOF, hash(2))
            .ended(
                new Samples[] {
                  Samples.of("a").reads(hash(2), 107), Samples.of("b").reads(hash(2), 100)
                },
                Samples.allCurrent(7),
                ExceptionCounts.NONE);

    assertThat(pass.stands()).isFalse();
  }

  /** Thirty-two answers to what was sent before the first one came are one round. */
  @Test
  void wholeVolleyIsThrottled_paceHalvesOnce() {
    Pace pace = Pace.fixed(32);
    for (int answer = 0; answer < 32; answer++) {
      pace = pace.after(Samples.busy(BusyCause.THROTTLED), Duration.ofMillis(5));
    }

    assertThat(pace.limit()).isEqualTo(16);
  }
}
