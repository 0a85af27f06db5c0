package dev.rekey.key;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyAdviceTest {
  private static final VaultKey KEY = key(1).key();

  @Test
  void nothingExpires_thereIsNothingToSay() {
    assertThat(causes(RotationPolicy.NONE)).isEmpty();
    assertThat(causes(policy("P7D", "P90D", null, null))).isEmpty();
    assertThat(causes(RotationPolicy.NONE, version(null))).isEmpty();
  }

  /** What `rekey plan enable --new` writes. */
  @Test
  void policyOfTheRecipe_suits() {
    assertThat(causes(policy("P30D", "P180D", null, "P450D"))).isEmpty();
    assertThat(causes(policy("P30D", "P180D", null, "P450D"), version(450))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "P90D, P209D, true",
    "P90D, P210D, false",
    "P6M, P14M, false",
    "P1Y, P2Y, true",
    "P1Y, P3Y, false",
    "P18M, P2Y, true", // Key Vault's own example
    "P90D, P60D, true"
  })
  void lifeMustOutliveTwoRotationsAndThirtyDays(String after, String life, boolean isFlaw) {
    assertThat(causes(policy("P30D", after, null, life)))
        .isEqualTo(isFlaw ? List.of(PolicyAdvice.Cause.LIFE_TOO_SHORT) : List.of());
  }

  /** A version that is rotated 30 days before its expiry is previous for 30 days only. */
  @ParameterizedTest
  @CsvSource({"P30D, P1Y, true", "P200D, P365D, false", "P197D, P365D, true"})
  void rotatedBeforeItsExpiry_theVersionMustLiveAsLongAgain(
      String before, String life, boolean isFlaw) {
    assertThat(causes(policy("P30D", null, before, life)))
        .isEqualTo(isFlaw ? List.of(PolicyAdvice.Cause.LIFE_TOO_SHORT) : List.of());
  }

  @Test
  void bothTimesOfRotation_theEarlierOneCounts() {
    assertThat(causes(policy("P30D", "P100D", "P30D", "P300D"))).isEmpty();
    assertThat(causes(policy("P30D", "P250D", "P200D", "P300D"))).isEmpty();
    assertThat(causes(policy("P30D", "P250D", "P30D", "P300D")))
        .containsExactly(PolicyAdvice.Cause.LIFE_TOO_SHORT);
  }

  @Test
  void versionsExpireAndNothingMakesTheNext_isSaid() {
    assertThat(causes(policy("P30D", null, null, "P1Y")))
        .containsExactly(PolicyAdvice.Cause.NOTHING_ROTATES);
    assertThat(causes(RotationPolicy.NONE, version(365)))
        .containsExactly(PolicyAdvice.Cause.NOTHING_ROTATES);
    assertThat(causes(policy(null, null, "P30D", null), version(365)))
        .containsExactly(PolicyAdvice.Cause.NOTHING_ROTATES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P29D", "P7D", "P1D"})
  void announcedTooLate_isSaid(String notice) {
    assertThat(causes(policy(notice, "P180D", null, "P450D")))
        .containsExactly(PolicyAdvice.Cause.NOTIFIED_TOO_LATE);
    assertThat(causes(policy("P30D", "P180D", null, "P450D"))).isEmpty();
    assertThat(causes(policy(null, "P180D", null, "P450D"))).isEmpty();
  }

  /** The policy suits, but the version was given an expiry by hand. */
  @Test
  void versionInUseExpiresTooEarly_isNamedWithTheDateToSet() {
    PolicyAdvice advice =
        PolicyAdvice.of(
            KEY, policy("P30D", "P180D", null, "P450D"), List.of(version(365), version(null)), NOW);

    assertThat(advice.flaws()).hasSize(1);
    PolicyAdvice.Flaw flaw = advice.flaws().get(0);
    assertThat(flaw.cause()).isEqualTo(PolicyAdvice.Cause.VERSION_EXPIRES_TOO_EARLY);
    assertThat(flaw.remedy())
        .isEqualTo(
            "az keyvault key set-attributes --id " + key(1) + " --expires 2027-03-26T00:00:00Z");
  }

  @Test
  void rotationIsLongOverdue_theExpiryIsMovedToADateThatComes() {
    KeyVersion old =
        new KeyVersion(
            key(1),
            true,
            NOW.minus(Duration.ofDays(900)),
            null,
            NOW.minus(Duration.ofDays(700)),
            "RSA",
            Set.of("encrypt", "decrypt"));

    PolicyAdvice advice =
        PolicyAdvice.of(KEY, policy("P30D", "P180D", null, "P450D"), List.of(old), NOW);

    assertThat(advice.flaws()).hasSize(1);
    assertThat(advice.flaws().get(0).remedy()).endsWith("--expires 2026-03-31T00:00:00Z");
  }

  @Test
  void remedy_isACommandWithAPolicyThatSuits() {
    PolicyAdvice advice =
        PolicyAdvice.of(KEY, policy("P7D", "P90D", null, "P100D"), List.of(), NOW);

    assertThat(advice.flaws()).hasSize(2);
    assertThat(advice.flaws().get(0).remedy())
        .isEqualTo(
            "az keyvault key rotation-policy update --vault-name example --name etcd --value"
                + " '{\"lifetimeActions\":[{\"trigger\":{\"timeAfterCreate\":\"P90D\"},"
                + "\"action\":{\"type\":\"Rotate\"}},{\"trigger\":{\"timeBeforeExpiry\":\"P30D\"},"
                + "\"action\":{\"type\":\"Notify\"}}],\"attributes\":{\"expiryTime\":\"P210D\"}}'");
    assertThat(causes(policy("P30D", "P90D", null, "P210D"))).isEmpty();
  }

  @Test
  void whatIsEnoughAlready_staysAsItIs() {
    PolicyAdvice late = PolicyAdvice.of(KEY, policy("P5D", "P90D", null, "P3Y"), List.of(), NOW);
    PolicyAdvice none = PolicyAdvice.of(KEY, policy("P60D", null, null, "P1Y"), List.of(), NOW);

    assertThat(late.flaws().get(0).remedy()).contains("P90D", "\"P30D\"", "\"P3Y\"");
    assertThat(none.flaws().get(0).remedy()).contains("\"P180D\"", "\"P60D\"", "\"P390D\"");
  }

  /** Whatever a vault answers, it is judged and never thrown over. */
  @ParameterizedTest
  @ValueSource(strings = {"P999999999Y", "P2147483647M", "P1D", "P3000Y"})
  void timesBeyondAnyDate_areJudgedAllTheSame(String time) {
    for (RotationPolicy policy :
        List.of(
            policy(time, time, null, time),
            policy("P30D", "P90D", null, time),
            policy("P30D", time, null, "P90D"),
            policy("P30D", null, time, "P90D"),
            policy("P30D", null, "P90D", time))) {
      PolicyAdvice advice = PolicyAdvice.of(KEY, policy, List.of(version(100)), NOW);
      assertThat(advice.flaws()).allSatisfy(flaw -> assertThat(flaw.remedy()).startsWith("az "));
    }
    assertThat(causes(policy("P30D", "P999999999Y", null, "P90D")))
        .containsExactly(PolicyAdvice.Cause.LIFE_TOO_SHORT);
  }

  private static List<PolicyAdvice.Cause> causes(RotationPolicy policy, KeyVersion... inUse) {
    return PolicyAdvice.of(KEY, policy, List.of(inUse), NOW).flaws().stream()
        .map(PolicyAdvice.Flaw::cause)
        .toList();
  }

  private static RotationPolicy policy(
      @Nullable String notice,
      @Nullable String after,
      @Nullable String before,
      @Nullable String life) {
    return new RotationPolicy(period(notice), period(after), period(before), period(life));
  }

  private static @Nullable Period period(@Nullable String text) {
    return text == null ? null : Period.parse(text);
  }

  /** Made today; null for one that never expires. */
  private static KeyVersion version(@Nullable Integer days) {
    @Nullable Instant expires = days == null ? null : NOW.plus(Duration.ofDays(days));
    return new KeyVersion(key(1), true, NOW, null, expires, "RSA", Set.of("encrypt", "decrypt"));
  }
}
