package dev.rekey.reencryption;

import static dev.rekey.operation.Example.hash;
import static dev.rekey.reencryption.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyIdHash;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyCountsTest {

  @Test
  void reads_areCountedByKeyWithoutZeros() {
    Pass count = counted(Samples.of("a").reads(hash(1), 7).plain(2, 0), 1);

    assertThat(KeyCounts.of(count))
        .contains(new KeyCounts(Map.of(hash(1), 7L, KeyIdHash.PLAIN, 2L), 1));
    assertThat(KeyCounts.of(counted(Samples.of("a").reads(hash(1), 10), 0)).orElseThrow().under())
        .isEqualTo(Map.of(hash(1), 10L));
  }

  @Test
  void roundThatHasNotEndedOrDoesNotStand_saysNothing() {
    assertThat(KeyCounts.of(Passes.of("count", PassKind.COUNT, hash(1)).running())).isEmpty();
    assertThat(KeyCounts.of(Passes.of("count", PassKind.COUNT, hash(1)).interrupted())).isEmpty();
  }

  /** It has nothing to count with, and nothing to decrypt with. */
  @Test
  void apiServerWithoutEncryptionConfiguration_hasReadPlainOnes() {
    String unnamed = ReplicaSample.unnamed(Samples.STARTED);

    assertThat(KeyCounts.of(counted(Samples.of(unnamed), 1)).orElseThrow().under())
        .isEqualTo(Map.of(KeyIdHash.PLAIN, 9L));
  }

  @Test
  void apiServerThatCountsAndHasReadNothing_showsNothing() {
    assertThat(KeyCounts.of(counted(Samples.of("a"), 0)).orElseThrow().under()).isEmpty();
  }

  @Test
  void oldApiServerWithoutAName_countsAllTheSame() {
    String unnamed = ReplicaSample.unnamed(Samples.STARTED);

    assertThat(
            KeyCounts.of(counted(Samples.of(unnamed).reads(hash(1), 10), 0)).orElseThrow().under())
        .isEqualTo(Map.of(hash(1), 10L));
  }

  private static Pass counted(Samples after, int unknown) {
    long read = 10 - unknown;
    return Pass.begun("c", "count", PassKind.COUNT, null, null, NOW)
        .listed(1, 10)
        .running(Samples.scrape(NOW, Samples.of(after.build().replica())))
        .ended(
            Samples.scrape(NOW, after),
            new Tally(10, 0, read, 0, unknown, read, unknown),
            ExceptionCounts.of(Samples.exceptions(ExceptionReason.UNDECRYPTABLE, unknown)));
  }
}
