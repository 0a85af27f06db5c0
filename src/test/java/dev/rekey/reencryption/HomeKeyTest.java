package dev.rekey.reencryption;

import static dev.rekey.operation.Example.hash;
import static dev.rekey.reencryption.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyIdHash;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HomeKeyTest {

  @Test
  void keyInUseIsKnown_thatOne() {
    assertThat(HomeKey.of(counted(Map.of(hash(0), NOW), 1, 9), hash(3))).contains(hash(3).label());
  }

  @Test
  void keyInUseIsNotKnown_theOneLastWrittenWithHoweverFewLieUnderIt() {
    Map<KeyIdHash, Instant> writes = Map.of(hash(0), NOW.minusSeconds(9), hash(1), NOW);

    assertThat(HomeKey.of(counted(writes, 1, 9), null)).contains(hash(1).label());
  }

  @Test
  void nothingWasWritten_theOneThatMostLieUnder() {
    assertThat(HomeKey.of(counted(Map.of(), 1, 9), null)).contains(hash(0).label());
    assertThat(HomeKey.of(counted(Map.of(), 9, 1), null)).contains(hash(1).label());
  }

  @Test
  void asManyUnderEither_isTheSameEachTime() {
    String first = hash(0).compareTo(hash(1)) < 0 ? hash(0).label() : hash(1).label();

    assertThat(HomeKey.of(counted(Map.of(), 5, 5), null)).contains(first);
  }

  @Test
  void nothingWasRead_none() {
    assertThat(HomeKey.of(counted(Map.of(), 0, 0), null)).isEmpty();
    assertThat(HomeKey.of(Passes.of("count", PassKind.COUNT, null).listed(), null)).isEmpty();
  }

  @Test
  void kmsIsOffAndPlainIsWritten_plain() {
    assertThat(off(Samples.of("a").plain(9, 1))).contains("plain");
    assertThat(off(Samples.of("a").writes(hash(1), 5).lastWrote(hash(1), NOW).plain(9, 1)))
        .contains("plain");
    assertThat(off(Samples.of("a"))).contains("plain");
  }

  /** AKS' own key, which stable versions of ARM don't show. */
  @Test
  void kmsIsOffAndOneKeyIsWrittenWithAllTheSame_thatOne() {
    Samples rotated =
        Samples.of("a")
            .writes(hash(0), 5)
            .lastWrote(hash(0), NOW.minusSeconds(9))
            .writes(hash(1), 1)
            .lastWrote(hash(1), NOW);

    assertThat(off(rotated)).contains(hash(1).label());
    assertThat(off(rotated, Samples.of("b"))).contains(hash(1).label());
  }

  @Test
  void kmsIsOffAndServersDiffer_plain() {
    Samples one = Samples.of("a").writes(hash(1), 5).lastWrote(hash(1), NOW);

    assertThat(off(one, Samples.of("b").writes(hash(2), 5).lastWrote(hash(2), NOW)))
        .contains("plain");
    assertThat(off(one, Samples.of("b").plain(0, 1))).contains("plain");
  }

  private static Optional<String> off(Samples... after) {
    Pass count =
        Pass.begun("c", "count", PassKind.COUNT, KeyIdHash.PLAIN, null, NOW)
            .listed(1, 10)
            .running(Samples.scrape(NOW, Samples.of("a"), Samples.of("b")))
            .ended(Samples.scrape(NOW, after), Samples.allCurrent(10), ExceptionCounts.NONE);
    return HomeKey.of(count, KeyIdHash.PLAIN);
  }

  /** A count that read so many Secrets under versions 1 and 0. */
  private static Pass counted(Map<KeyIdHash, Instant> lastWriteAt, long under1, long under0) {
    Scrape before = Samples.scrape(NOW, Samples.of("a"));
    ReplicaSample read = Samples.of("a").reads(hash(1), under1).reads(hash(0), under0).build();
    ReplicaSample after =
        new ReplicaSample(
            "a", read.processStart(), Map.of(), read.reads(), Map.of(), lastWriteAt, 0, 0, 0, null);
    return Pass.begun("c", "count", PassKind.COUNT, null, null, NOW)
        .listed(1, 10)
        .running(before)
        .ended(
            new Scrape(NOW, before.live(), Map.of("a", after)),
            Samples.allCurrent(10),
            ExceptionCounts.NONE);
  }
}
