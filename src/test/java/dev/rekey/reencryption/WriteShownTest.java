package dev.rekey.reencryption;

import static dev.rekey.operation.Example.hash;
import static dev.rekey.reencryption.Samples.NOW;
import static dev.rekey.reencryption.Samples.STARTED;
import static dev.rekey.reencryption.Samples.patched;
import static dev.rekey.reencryption.Samples.secret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyIdHash;
import dev.rekey.reencryption.WriteShown.How;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a probe shows, by the numbers of the rule. */
class WriteShownTest {
  private final Look unmoved = look("x", "1");
  private final Look moved = look("x", "2");

  @Test
  void wroteUnderOneKey_writesWithIt() {
    WriteShown shown =
        WriteShown.by(
                probe(
                    Samples.of("a").writes(hash(1), 5).polls(hash(1), NOW),
                    Samples.of("a").writes(hash(1), 6).polls(hash(1), NOW).reads(hash(0), 1),
                    moved),
                NOW)
            .orElseThrow();

    assertThat(shown)
        .isEqualTo(new WriteShown("a", hash(1), How.BY_WRITE, NOW, NOW, Samples.STARTED, 0));
  }

  @Test
  void readUnderOneKeyAndMovedNothing_writesWithIt() {
    WriteShown shown =
        WriteShown.by(
                probe(
                    Samples.of("a").reads(hash(1), 5),
                    Samples.of("a").reads(hash(1), 7),
                    unmoved,
                    unmoved),
                NOW)
            .orElseThrow();

    assertThat(shown.how()).isEqualTo(How.BY_UNMOVED_PATCH);
    assertThat(shown.key()).isEqualTo(hash(1));
    assertThat(shown.readsSince()).isNull();
  }

  @Test
  void rule1_anotherServerAnsweredAfterwards_nothingIsShown() {
    assertNothing(probe(Samples.of("a"), Samples.of("b").writes(hash(1), 1), moved));
  }

  @Test
  void rule1_itRestartedInBetween_nothingIsShown() {
    assertNothing(probe(Samples.of("a"), Samples.of("a").startedAt(NOW).writes(hash(1), 1), moved));
  }

  @Test
  void rule2_itWroteUnderTwoKeys_nothingIsShown() {
    assertNothing(
        probe(Samples.of("a"), Samples.of("a").writes(hash(1), 1).writes(hash(0), 1), moved));
  }

  @Test
  void wrotePlainAlone_writesPlain() {
    Samples before = Samples.of("a").writes(hash(1), 5).plain(0, 2);
    Samples after = Samples.of("a").writes(hash(1), 5).plain(0, 3).reads(hash(1), 1);

    WriteShown shown = WriteShown.by(probe(before, after, moved), NOW).orElseThrow();

    assertThat(shown)
        .isEqualTo(new WriteShown("a", KeyIdHash.PLAIN, How.BY_WRITE, null, NOW, STARTED, 5));
    assertThat(shown.hasWrittenElse(Samples.of("a").writes(hash(1), 5).plain(0, 9).build()))
        .isFalse();
    assertThat(shown.hasWrittenElse(Samples.of("a").writes(hash(1), 6).plain(0, 3).build()))
        .isTrue();
  }

  @Test
  void readPlainAloneAndMovedNothing_writesPlain() {
    WriteShown shown =
        WriteShown.by(probe(Samples.of("a"), Samples.of("a").plain(1, 0), unmoved), NOW)
            .orElseThrow();

    assertThat(shown.key()).isEqualTo(KeyIdHash.PLAIN);
    assertThat(shown.how()).isEqualTo(How.BY_UNMOVED_PATCH);
  }

  @Test
  void rule2_itWrotePlainToo_nothingIsShown() {
    assertNothing(probe(Samples.of("a"), Samples.of("a").writes(hash(1), 1).plain(0, 1), moved));
  }

  @Test
  void rule3_anotherKeyWasReadToo_nothingIsShown() {
    assertNothing(
        probe(Samples.of("a"), Samples.of("a").reads(hash(1), 2).reads(hash(0), 1), unmoved));
  }

  @Test
  void rule3_plainValuesWereReadToo_nothingIsShown() {
    assertNothing(probe(Samples.of("a"), Samples.of("a").reads(hash(1), 2).plain(1, 0), unmoved));
  }

  @Test
  void rule4_freshStatusSampleAlone_showsNothing() {
    assertNothing(
        probe(Samples.of("a"), Samples.of("a").polls(hash(1), NOW).reads(hash(1), 1), moved));
  }

  @Test
  void fewerReadsThanPatches_nothingIsShown() {
    assertNothing(
        probe(Samples.of("a"), Samples.of("a").reads(hash(1), 1), unmoved, look("y", "1")));
  }

  @Test
  void everyPatchMovedWithoutAWriteOfThisServer_nothingIsShown() {
    assertNothing(probe(Samples.of("a"), Samples.of("a").reads(hash(1), 1), moved));
  }

  @Test
  void secondLookFindsWhatTheFirstMoved_unmovedIsSeen() {
    assertThat(
            WriteShown.by(
                probe(Samples.of("a"), Samples.of("a").reads(hash(1), 2), moved, moved), NOW))
        .isPresent();
  }

  @Test
  void allPatchesWereDenied_nothingIsShown() {
    Look denied =
        new Look(secret("x"), Samples.refused(ExceptionReason.DENIED_BY_POLICY), Duration.ZERO);

    assertNothing(probe(Samples.of("a"), Samples.of("a").reads(hash(1), 1), denied));
  }

  private void assertNothing(Probe probe) {
    assertThat(WriteShown.by(probe, NOW)).isEmpty();
  }

  private static Look look(String name, String version) {
    return new Look(secret(name), patched(version), Duration.ofMillis(5));
  }

  private static Probe probe(Samples before, Samples after, Look... looks) {
    return new Probe(before.build(), List.of(looks), after.build());
  }
}
