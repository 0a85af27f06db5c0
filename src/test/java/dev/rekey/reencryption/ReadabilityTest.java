package dev.rekey.reencryption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyIdHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a count of ten Secrets under KMS v1 says of them. */
class ReadabilityTest {
  private static final KeyIdHash V1 = new KeyIdHash("k8s:enc:kms:v1:azurekms:");

  @Test
  void allLooksWentThroughAndAreCounted_allAreReadable() {
    Readability found = Readability.of(count(10, ExceptionCounts.NONE, 0));

    assertThat(found).isEqualTo(new Readability(10, 0, 0, true));
    assertThat(found.isOfAll()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(ExceptionReason.class)
  void oneIsAnException_onlyWhereNobodyCanTellWhatAWriteWouldMeetIsThatNoObstacle(
      ExceptionReason reason) {
    Readability found =
        Readability.of(count(10, ExceptionCounts.of(Samples.exceptions(reason, 1)), 1));

    assertThat(found.isOfAll()).isEqualTo(reason == ExceptionReason.DRY_RUN_UNSUPPORTED);
    assertThat(found.unread()).isEqualTo(reason.wasRead() ? 0 : 1);
    assertThat(found.readable()).isEqualTo(reason.wasRead() ? 10 : 9);
  }

  /** What was answered from a memory of the server's, nobody has decrypted. */
  @Test
  void fewerReadsAreCountedThanLooks_nothingIsKnown() {
    assertThat(Readability.of(count(9, ExceptionCounts.NONE, 0)).isOfAll()).isFalse();
  }

  @Test
  void serverRestartedMeanwhileOrItIsUnderWay_nothingIsKnown() {
    Passes passes = Passes.of("count", PassKind.TRIAL, KeyIdHash.PLAIN);

    assertThat(Readability.of(passes.interrupted()).isOfAll()).isFalse();
    assertThat(Readability.of(passes.running()).isOfAll()).isFalse();
  }

  @Test
  void passThatWrites_isNoCount() {
    assertThat(Readability.of(Passes.of("write", PassKind.WRITE, V1).clean()).isOfAll()).isFalse();
  }

  private static Pass count(int reads, ExceptionCounts exceptions, int exceptional) {
    int others = Passes.SECRETS - exceptional;
    return Passes.of("count", PassKind.TRIAL, KeyIdHash.PLAIN)
        .ended(
            new Samples[] {
              Samples.of("a").reads(V1, reads).reads(KeyIdHash.PLAIN, 100),
              Samples.of("b").reads(KeyIdHash.PLAIN, 100)
            },
            new Tally(Passes.SECRETS, 0, others, 0, exceptional, others, exceptional),
            exceptions);
  }
}
