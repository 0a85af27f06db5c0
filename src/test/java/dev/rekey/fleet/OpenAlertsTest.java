package dev.rekey.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An alert is told once, and once more when it is mended. */
class OpenAlertsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(600);
  private static final Alert EXPIRES =
      AlertName.SLOT_NEAR_EXPIRY.about("key-1", "within-30-days", "type this");
  private static final Alert OTHER =
      AlertName.SLOT_NEAR_EXPIRY.about("key-2", "within-30-days", "type that");
  private static final Alert OFF = AlertName.KMS_TURNED_OFF_OUTSIDE.about("key-1", "kms-off", "…");

  @Test
  void foundForTheFirstTime_isTold() {
    OpenAlerts.Change change = OpenAlerts.NONE.after(look(EXPIRES), NOW);

    assertThat(change.told()).containsExactly(EXPIRES);
    assertThat(change.mended()).isEmpty();
    assertThat(change.after().open()).containsExactly(new OpenAlerts.Open(EXPIRES, NOW));
  }

  @Test
  void foundAgain_isNotToldAgainWhateverItsTextSays() {
    OpenAlerts open = OpenAlerts.NONE.after(look(EXPIRES), NOW).after();
    Alert again = AlertName.SLOT_NEAR_EXPIRY.about("key-1", "within-30-days", "type another");

    OpenAlerts.Change change = open.after(look(again), LATER);

    assertThat(change.isNone()).isTrue();
    assertThat(change.after()).isEqualTo(open);
  }

  @Test
  void reasonHasChanged_isToldAndOpenSinceItWasFirstFound() {
    OpenAlerts open = OpenAlerts.NONE.after(look(EXPIRES), NOW).after();
    Alert nearer = AlertName.SLOT_NEAR_EXPIRY.about("key-1", "within-14-days", "type this");

    OpenAlerts.Change change = open.after(look(nearer), LATER);

    assertThat(change.told()).containsExactly(nearer);
    assertThat(change.mended()).isEmpty();
    assertThat(change.after().open()).containsExactly(new OpenAlerts.Open(nearer, NOW));
  }

  @Test
  void foundNoMore_isMended() {
    OpenAlerts open = OpenAlerts.NONE.after(look(EXPIRES, OTHER), NOW).after();

    OpenAlerts.Change change = open.after(look(OTHER), LATER);

    assertThat(change.told()).isEmpty();
    assertThat(change.mended()).containsExactly(EXPIRES);
    assertThat(change.after().open()).containsExactly(new OpenAlerts.Open(OTHER, NOW));
  }

  @Test
  void lookWasAboutOtherAlerts_whatIsOpenStaysOpen() {
    OpenAlerts open = OpenAlerts.NONE.after(look(EXPIRES), NOW).after();

    OpenAlerts.Change change =
        open.after(Look.of(List.of(OFF), AlertName.KMS_TURNED_OFF_OUTSIDE), LATER);

    assertThat(change.told()).containsExactly(OFF);
    assertThat(change.mended()).isEmpty();
    assertThat(change.after().open())
        .containsExactly(new OpenAlerts.Open(OFF, LATER), new OpenAlerts.Open(EXPIRES, NOW));
  }

  @Test
  void lookFindsWhatItWasNotAbout_isAMistake() {
    assertThatThrownBy(() -> Look.of(List.of(OFF), AlertName.SLOT_UNUSABLE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void names_areStable() {
    assertThat(AlertName.values())
        .extracting(AlertName::token)
        .containsExactly(
            "key-id-changed-outside",
            "kms-turned-off-outside",
            "slot-near-expiry",
            "slot-unusable",
            "previous-not-extended",
            "key-missing",
            "kept-key-at-risk",
            "vault-unreachable",
            "vault-missing",
            "cluster-identity-missing",
            "cluster-identity-lacks-rights");
  }

  private static Look look(Alert... found) {
    return Look.of(List.of(found), AlertName.SLOT_NEAR_EXPIRY);
  }
}
