package dev.rekey.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Names that alerts match and that others sent: they never change. */
class StableNamesTest {

  @Test
  void reasonsOfIgnoredEvents() {
    assertThat(IgnoredReason.values())
        .extracting(IgnoredReason::token)
        .containsExactly(
            "too-large",
            "not-json",
            "not-an-event",
            "other-type",
            "missing-key-id",
            "misleading-key-id",
            "foreign-host");
  }

  @Test
  void eventsOfKeyVault() {
    assertThat(KeyEventType.values())
        .extracting(KeyEventType::eventGridName)
        .containsExactly(
            "Microsoft.KeyVault.KeyNewVersionCreated",
            "Microsoft.KeyVault.KeyNearExpiry",
            "Microsoft.KeyVault.KeyExpired");
  }

  @Test
  void causesWhyAKeyIsNotRenewed() {
    assertThat(Renewal.Cause.values())
        .extracting(Renewal.Cause::token)
        .containsExactly(
            "version-in-use-unknown",
            "version-in-use-unfit",
            "newer-version-exists",
            "never-expires",
            "not-near-expiry",
            "vault-rotates-first");
  }

  @Test
  void statesOfAKeyThatIsKept() {
    assertThat(KeptKey.State.values())
        .extracting(KeptKey.State::token)
        .containsExactly("usable", "near-expiry", "expired", "disabled", "unfit", "gone");
  }

  @Test
  void flawsOfARotationPolicy() {
    assertThat(PolicyAdvice.Cause.values())
        .extracting(PolicyAdvice.Cause::token)
        .containsExactly(
            "nothing-rotates", "life-too-short", "notified-too-late", "version-expires-too-early");
  }

  @Test
  void stepsInWhichAnExpiryIsTold() {
    assertThat(NearExpiry.values())
        .extracting(NearExpiry::token)
        .containsExactly(
            "within-1-day", "within-3-days", "within-7-days", "within-14-days", "within-30-days");
  }

  @Test
  void whatIsToldToPeople_isASentenceOfItsOwn() {
    assertThat(IgnoredReason.values())
        .extracting(IgnoredReason::sentence)
        .doesNotHaveDuplicates()
        .allMatch(sentence -> sentence.contains(" "));
    assertThat(PolicyAdvice.Cause.values())
        .extracting(PolicyAdvice.Cause::sentence)
        .doesNotHaveDuplicates()
        .allMatch(sentence -> sentence.contains(" "));
    assertThat(KeptKey.State.values())
        .extracting(KeptKey.State::sentence)
        .doesNotHaveDuplicates()
        .allMatch(sentence -> sentence.contains(" "));
    assertThat(KeyFitness.values())
        .extracting(KeyFitness::sentence)
        .doesNotHaveDuplicates()
        .allMatch(sentence -> sentence.contains(" "));
  }
}
