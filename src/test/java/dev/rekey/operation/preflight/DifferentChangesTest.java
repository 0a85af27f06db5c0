package dev.rekey.operation.preflight;

import static dev.rekey.operation.preflight.Around.CURRENT;
import static dev.rekey.operation.preflight.Around.NOW;
import static dev.rekey.operation.preflight.Around.PREVIOUS;
import static dev.rekey.operation.preflight.Around.VAULT;
import static dev.rekey.operation.preflight.Verdict.FAILED;
import static dev.rekey.operation.preflight.Verdict.PASSED;
import static dev.rekey.operation.preflight.Verdict.WARNED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Openness;
import dev.rekey.operation.Route;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands against one change needn't stand against another. */
class DifferentChangesTest {
  private final Around around = new Around();

  @Test
  void turningOff_isTheWayOutOfWhatAksDoesNotSupport() {
    around.identityType = ClusterIdentity.Type.SYSTEM_ASSIGNED;
    around.vaultTenant = "another";
    assertThat(around.finding("user-assigned-identity").verdict()).isEqualTo(FAILED);
    assertThat(around.finding("vault-in-same-tenant").verdict()).isEqualTo(FAILED);

    around.change = new Change(KmsSettings.of(CURRENT), KmsSettings.OFF, PREVIOUS);

    assertThat(around.finding("user-assigned-identity").verdict()).isEqualTo(WARNED);
    assertThat(around.finding("vault-in-same-tenant").verdict()).isEqualTo(WARNED);
  }

  /** The update restarts API servers, which then read nothing. */
  @Test
  void turningOffWhereTheVaultIsClosedToTheApiServers_isRefusedAllTheSame() {
    around.openness = Openness.SELECTED_NETWORKS;
    around.change = new Change(KmsSettings.of(CURRENT), KmsSettings.OFF, PREVIOUS);

    assertThat(around.finding("vault-open-to-api-servers").verdict()).isEqualTo(FAILED);
  }

  /** KMS v1, and too many Secrets under it, are what a migration leads out of. */
  @Test
  void leavingKmsV1_neitherItNorItsLimitStandsAgainstIt() {
    around.kubernetes = "1.26.15";
    around.secrets = Reading.of(3_000L);
    Route route = Route.of(around.kms, KmsSettings.OFF, around.kms);
    List<Change> otherwise = Change.along(route, PREVIOUS);
    List<Change> leaving = otherwise.stream().map(Change::leavingKmsV1).toList();

    List<Finding> found = Preflight.findings(leaving, around.surroundings(), NOW);
    List<Finding> others = Preflight.findings(otherwise, around.surroundings(), NOW);

    assertThat(verdict(found, "kms-v2")).isEqualTo(WARNED);
    assertThat(verdict(found, "secrets-within-kms-v1-limit")).isEqualTo(WARNED);
    assertThat(found).noneMatch(Finding::isFailed);
    assertThat(verdict(others, "kms-v2")).isEqualTo(FAILED);
    assertThat(verdict(others, "secrets-within-kms-v1-limit")).isEqualTo(FAILED);
    assertThat(leaving.get(0).startsFromNamedKeys()).isFalse();
    assertThat(otherwise.get(0).startsFromNamedKeys()).isTrue();
    assertThat(otherwise.get(1).startsFromNamedKeys()).isFalse();
  }

  @Test
  void rightToConnectAVault_isNeededWhereAConnectionIsMadeAndElsewhereAdvised() {
    around.privately();
    around.grants = Reading.of(List.of());
    assertThat(around.finding("identity-may-connect-vault").verdict()).isEqualTo(WARNED);

    around.change = new Change(KmsSettings.OFF, KmsSettings.ofPrivate(CURRENT, VAULT), null);

    assertThat(around.finding("identity-may-connect-vault").verdict()).isEqualTo(FAILED);
  }

  @Test
  void changeByWayOfOff_isAskedForBothItsHalvesAtOnce() {
    List<Finding> found = byWayOfOff(KmsSettings.ofPrivate(CURRENT, VAULT));

    assertThat(verdict(found, "api-server-vnet-integration")).isEqualTo(FAILED);
    assertThat(verdict(found, "current-key-usable")).isEqualTo(PASSED);
    assertThat(found).extracting(Finding::check).doesNotHaveDuplicates();
  }

  /** KMS is on now, and the vault is open: the first half and update-vault change both. */
  @Test
  void whatTheFirstHalfBringsAbout_isNotAskedOfTheSecond() {
    around.apiServer = new ApiServerAccess(true, false, List.of(), null);
    List<Finding> found = byWayOfOff(KmsSettings.ofPrivate(CURRENT, VAULT));

    assertThat(verdict(found, "settings-as-expected")).isEqualTo(PASSED);
    assertThat(found).noneMatch(finding -> finding.check().equals("vault-closed-when-private"));
    assertThat(found).noneMatch(Finding::isFailed);
  }

  @Test
  void vaultThatWillBeOpened_mayBeClosedNowButHaveNoFirewall() {
    around.privately();
    KmsSettings open = KmsSettings.of(CURRENT);
    assertThat(verdict(byWayOfOff(open), "vault-open-to-api-servers")).isEqualTo(PASSED);

    around.openness = Openness.SELECTED_NETWORKS;
    assertThat(verdict(byWayOfOff(open), "vault-open-to-api-servers")).isEqualTo(FAILED);
  }

  @Test
  void rightToChangeTheVault_isNeededUnlessTheVaultIsSoAlready() {
    around.apiServer = new ApiServerAccess(true, false, List.of(), null);
    around.vaultRights = Reading.of(List.of(Around.allButOne("Microsoft.KeyVault/vaults/write")));
    KmsSettings closed = KmsSettings.ofPrivate(CURRENT, VAULT);
    assertThat(verdict(byWayOfOff(closed), "own-right-to-change-vault")).isEqualTo(FAILED);

    around.openness = Openness.CLOSED;
    assertThat(verdict(byWayOfOff(closed), "own-right-to-change-vault")).isEqualTo(PASSED);
  }

  private List<Finding> byWayOfOff(KmsSettings to) {
    Route route = Route.of(around.kms, KmsSettings.OFF, to);
    return Preflight.findings(Change.along(route, PREVIOUS), around.surroundings(), NOW);
  }

  private static Verdict verdict(List<Finding> found, String check) {
    return found.stream()
        .filter(finding -> finding.check().equals(check))
        .findFirst()
        .orElseThrow()
        .verdict();
  }
}
