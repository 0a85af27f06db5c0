package dev.rekey.key;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.expiring;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.madeAt;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RenewalTest {
  private static final Instant IN_TEN_DAYS = NOW.plus(Duration.ofDays(10));

  @Test
  void expiresInsideThirtyDays_isDueWhereThePolicyIsSilent() {
    assertThat(decide(RotationPolicy.NONE, expiring(1, NOW.plus(Duration.ofDays(29)))))
        .isInstanceOf(Renewal.Due.class);
    assertNotDue(
        Renewal.Cause.NOT_NEAR_EXPIRY,
        RotationPolicy.NONE,
        expiring(1, NOW.plus(Duration.ofDays(31))));
  }

  @Test
  void policyNamesAnotherWindow_thatOneCounts() {
    RotationPolicy week = new RotationPolicy(Period.ofDays(7), null, null);

    assertNotDue(Renewal.Cause.NOT_NEAR_EXPIRY, week, expiring(1, IN_TEN_DAYS));
    assertThat(decide(week, expiring(1, NOW.plus(Duration.ofDays(7)))))
        .isInstanceOf(Renewal.Due.class);
  }

  @Test
  void policyCountsInMonths_theCalendarDecides() {
    RotationPolicy month = new RotationPolicy(Period.ofMonths(1), null, null);

    assertThat(decide(month, expiring(1, Instant.parse("2026-04-01T12:00:00Z"))))
        .isInstanceOf(Renewal.Due.class);
    assertNotDue(
        Renewal.Cause.NOT_NEAR_EXPIRY, month, expiring(1, Instant.parse("2026-04-01T12:00:01Z")));
  }

  @Test
  void noExpiry_neverDue() {
    assertNotDue(Renewal.Cause.NEVER_EXPIRES, RotationPolicy.NONE, version(1));
  }

  @Test
  void newerVersionIsThere_noneIsMade() {
    assertNotDue(
        Renewal.Cause.NEWER_VERSION_EXISTS,
        RotationPolicy.NONE,
        expiring(1, IN_TEN_DAYS),
        version(2));
  }

  @Test
  void newerVersionIsDisabled_noneIsMadeSinceAPersonDisabledIt() {
    KeyVersion disabled =
        new KeyVersion(key(2), false, madeAt(2), null, null, "RSA", Set.of("encrypt", "decrypt"));

    assertNotDue(
        Renewal.Cause.NEWER_VERSION_EXISTS,
        RotationPolicy.NONE,
        expiring(1, IN_TEN_DAYS),
        disabled);
  }

  @Test
  void hasExpired_noneIsMadeSinceAksRefusesToRotateAwayFromIt() {
    assertNotDue(
        Renewal.Cause.VERSION_IN_USE_UNFIT, RotationPolicy.NONE, expiring(1, NOW.minusSeconds(1)));
  }

  @Test
  void versionInUseIsNotListed_noneIsMade() {
    assertNotDue(Renewal.Cause.VERSION_IN_USE_UNKNOWN, RotationPolicy.NONE);
  }

  @Test
  void vaultRotatesBeforeExpiry_itIsWaitedFor() {
    RotationPolicy soon = new RotationPolicy(Period.ofDays(30), null, Period.ofDays(7));

    assertNotDue(Renewal.Cause.VAULT_ROTATES_FIRST, soon, expiring(1, IN_TEN_DAYS));
  }

  @Test
  void vaultRotatesAfterCreation_itIsWaitedFor() {
    RotationPolicy soon = new RotationPolicy(null, Period.ofDays(100), null);

    assertNotDue(Renewal.Cause.VAULT_ROTATES_FIRST, soon, expiring(1, IN_TEN_DAYS));
  }

  @Test
  void vaultShouldHaveRotatedADayAgoAndDidNot_isDue() {
    RotationPolicy overdue = new RotationPolicy(null, null, Period.ofDays(12));

    assertThat(decide(overdue, expiring(1, IN_TEN_DAYS))).isInstanceOf(Renewal.Due.class);
  }

  @Test
  void vaultWouldRotateAfterTheExpiry_isDue() {
    RotationPolicy late = new RotationPolicy(null, Period.ofDays(365), null);

    assertThat(decide(late, expiring(1, IN_TEN_DAYS))).isInstanceOf(Renewal.Due.class);
  }

  private static Renewal decide(RotationPolicy policy, KeyVersion... versions) {
    return Renewal.decide(key(1), List.of(versions), policy, NOW);
  }

  private static void assertNotDue(
      Renewal.Cause cause, RotationPolicy policy, KeyVersion... versions) {
    assertThat(decide(policy, versions)).isEqualTo(new Renewal.NotDue(cause));
  }
}
