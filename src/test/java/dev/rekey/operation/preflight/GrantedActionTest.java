package dev.rekey.operation.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.preflight.GrantedAction.Given;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantedActionTest {
  private static final String VAULT =
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v";

  @ParameterizedTest
  @CsvSource({
    "/, true",
    "/providers/Microsoft.Management/managementGroups/root, true",
    "/subscriptions/s, true",
    "/SUBSCRIPTIONS/S, true",
    "/subscriptions/s2, false",
    "/subscriptions, true",
    "/subscriptions/s/resourceGroups/g, true",
    "/subscriptions/s/resourceGroups/g2, false",
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v, true",
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v2, false",
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v/keys/k, false"
  })
  void grant_reachesWhatLiesBelowIt(String scope, boolean reaches) {
    assertThat(grant(scope, false).covers(VAULT)).isEqualTo(reaches);
  }

  @Test
  void grantOnAKey_reachesThatKeyAlone() {
    RoleGrant grant = grant(VAULT + "/keys/k", false);

    assertThat(grant.covers(VAULT + "/keys/K")).isTrue();
    assertThat(grant.covers(VAULT + "/keys/k2")).isFalse();
  }

  @Test
  void oneSureGrant_isEnough() {
    assertThat(given(grant("/", true), unread(), grant("/", false))).isEqualTo(Given.YES);
  }

  @Test
  void conditionOrUnreadRole_leavesItOpen() {
    assertThat(given(grant("/", true))).isEqualTo(Given.PERHAPS);
    assertThat(given(unread())).isEqualTo(Given.PERHAPS);
  }

  @Test
  void grantElsewhere_givesNothingHoweverUnsure() {
    assertThat(given(grant("/subscriptions/other", true))).isEqualTo(Given.NO);
    assertThat(given()).isEqualTo(Given.NO);
  }

  @Test
  void conditionOnARoleThatHoldsNothing_doesNotLeaveItOpen() {
    RoleGrant reader = new RoleGrant("/", "r", true, permissions("*/read"));

    assertThat(given(reader)).isEqualTo(Given.NO);
  }

  private static Given given(RoleGrant... grants) {
    return GrantedAction.inArm("a/write").by(List.of(grants), VAULT);
  }

  private static RoleGrant grant(String scope, boolean conditional) {
    return new RoleGrant(scope, "r", conditional, permissions("a/*"));
  }

  private static RoleGrant unread() {
    return new RoleGrant("/", "r", false, Reading.unread("nobody may"));
  }

  private static Reading<List<Permission>> permissions(String action) {
    return Reading.of(List.of(ActionPatternTest.permission(List.of(action), List.of())));
  }
}
