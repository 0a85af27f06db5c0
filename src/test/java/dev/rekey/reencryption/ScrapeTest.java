package dev.rekey.reencryption;

import static dev.rekey.operation.Example.hash;
import static dev.rekey.reencryption.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScrapeTest {

  @Test
  void statusSampleOfNinetySeconds_isFresh() {
    Scrape scrape = Samples.scrape(NOW, Samples.of("a").polls(hash(1), NOW.minusSeconds(90)));

    assertThat(scrape.notReading(hash(1))).isEmpty();
  }

  @Test
  void statusSampleOfMoreThanNinetySeconds_saysNothing() {
    Scrape scrape =
        Samples.scrape(NOW, Samples.of("a").polls(hash(1), NOW.minusSeconds(90).minusMillis(1)));

    assertThat(scrape.notReading(hash(1))).containsExactly("a");
  }

  @Test
  void replicaPollsOnlyOtherKeys_doesNotReadTheTarget() {
    Scrape scrape =
        Samples.scrape(
            NOW, Samples.of("a").polls(hash(1), NOW), Samples.of("b").polls(hash(0), NOW));

    assertThat(scrape.notReading(hash(1))).containsExactly("b");
  }

  @Test
  void liveReplicaThatWasNotSampled_doesNotReadTheTarget() {
    Scrape scrape = Samples.scrape(NOW, Set.of("a", "b"), Samples.of("a").polls(hash(1), NOW));

    assertThat(scrape.isComplete()).isFalse();
    assertThat(scrape.notReading(hash(1))).containsExactly("b");
  }

  @Test
  void noLiveReplica_isNotComplete() {
    assertThat(Samples.scrape(NOW, Set.of()).isComplete()).isFalse();
    assertThat(Samples.scrape(NOW, Set.of()).allReadTheSame()).isFalse();
  }

  @Test
  void replicaThatNoLongerLives_isNotAskedAbout() {
    Scrape scrape =
        Samples.scrape(NOW, Set.of("a"), Samples.of("a").polls(hash(1), NOW), Samples.of("dead"));

    assertThat(scrape.notReading(hash(1))).isEmpty();
    assertThat(scrape.liveSamples()).containsOnlyKeys("a");
  }

  @Test
  void lingeringSampleOfDroppedKey_isNotOneOfTheKeysRead() {
    Scrape scrape =
        Samples.scrape(
            NOW,
            Samples.of("a").polls(hash(1), NOW).polls(hash(0), NOW.minusSeconds(600)),
            Samples.of("b").polls(hash(1), NOW));

    assertThat(scrape.allReadTheSame()).isTrue();
  }

  @Test
  void replicasPollDifferentSets_cannotReadWhatAnyWrites() {
    Scrape scrape =
        Samples.scrape(
            NOW,
            Samples.of("a").polls(hash(1), NOW).polls(hash(0), NOW),
            Samples.of("b").polls(hash(1), NOW));

    assertThat(scrape.allReadTheSame()).isFalse();
  }

  @Test
  void serversOfALaterScrape_areKnownByTheirProcessAndConfiguration() {
    Scrape seen = Samples.scrape(NOW, Samples.of("a").loaded("one"), Samples.of("b"));

    assertThat(seen.showsServersOf(Samples.scrape(NOW, Samples.of("b")))).isTrue();
    assertThat(seen.showsServersOf(seen)).isTrue();
    assertThat(seen.showsServersOf(Samples.scrape(NOW, Samples.of("a").loaded("two")))).isFalse();
    assertThat(seen.showsServersOf(Samples.scrape(NOW, Samples.of("b").startedAt(NOW)))).isFalse();
    assertThat(seen.showsServersOf(Samples.scrape(NOW, Samples.of("c")))).isFalse();
  }

  @Test
  void laterScrapeMissesALiveServer_itIsNotKnown() {
    Scrape seen = Samples.scrape(NOW, Samples.of("a"), Samples.of("b"));

    assertThat(seen.showsServersOf(Samples.scrape(NOW, Set.of("a", "b"), Samples.of("a"))))
        .isFalse();
  }

  @Test
  void noKeyIsPolledAnywhere_isNotReadingTheSame() {
    assertThat(Samples.scrape(NOW, Samples.of("a"), Samples.of("b")).allReadTheSame()).isFalse();
  }

  @Test
  void anySampleOfAKey_showsThatItWasLoaded() {
    Scrape scrape =
        Samples.scrape(
            NOW,
            Samples.of("never").polls(hash(1), NOW).reads(hash(1), 1),
            Samples.of("stale").polls(hash(2), NOW.minus(Duration.ofDays(9))),
            Samples.of("read").reads(hash(2), 1),
            Samples.of("written").writes(hash(2), 1),
            Samples.of("wrote").lastWrote(hash(2), NOW));

    assertThat(scrape.everLoaded(hash(2))).containsExactly("read", "stale", "written", "wrote");
  }

  @Test
  void writesOfOtherKeysSince_areNamedByReplica() {
    Scrape scrape =
        Samples.scrape(
            NOW,
            Samples.of("the-same").lastWrote(hash(1), NOW),
            Samples.of("before").lastWrote(hash(0), NOW.minusSeconds(60)),
            Samples.of("since").lastWrote(hash(0), NOW.minusSeconds(59)));

    assertThat(scrape.wroteOtherwiseSince(NOW.minusSeconds(60), hash(1))).containsExactly("since");
  }

  @Test
  void serversThatAreGone_sayNothingAnyMore() {
    Scrape scrape = Samples.scrape(NOW, Set.of("live"), Samples.of("gone").polls(hash(2), NOW));

    assertThat(scrape.everLoaded(hash(2))).isEmpty();
  }
}
