package dev.rekey.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.preflight.Verdict;
import dev.rekey.simulation.azure.http.AzureAnswer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever may read only some of it is told what the rest takes; nothing is guessed. */
class RefusedPartsTest {
  private final PreflightWorld world = new PreflightWorld();

  @AfterEach
  void stop() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource({
    "Microsoft.ContainerService/managedClusters/read, cluster-running",
    "Microsoft.Resources/subscriptions/read, vault-in-same-tenant",
    "Microsoft.ManagedIdentity/userAssignedIdentities/read, identity-exists",
    "Microsoft.Compute/virtualMachineScaleSets/read, system-nodes-present",
    "Microsoft.Resources/subscriptions/resources/read, vault-exists",
    "Microsoft.KeyVault/vaults/read, vault-open-to-api-servers",
    "Microsoft.Authorization/roleAssignments/read, identity-may-use-key",
    "Microsoft.Authorization/permissions/read, own-right-to-update-cluster",
    "Microsoft.Insights/diagnosticSettings/read, vault-diagnostics"
  })
  void partThatMayNotBeRead_isNamedByItsRightAndMendedByARole(String action, String check) {
    world.arm.forbid(action, true);

    Finding finding = world.finding(check);

    assertThat(finding.verdict()).describedAs("%s", finding).isEqualTo(Verdict.CANNOT_TELL);
    assertThat(finding.seen()).contains(action).contains("/subscriptions/");
    assertThat(finding.remedy())
        .startsWith("az role assignment create --role \"Reader\"")
        .contains("--scope /subscriptions/");
    assertThat(world.finding("reaches-arm").verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void identityThatMayNotBeRead_isKnownByTheClusterAllTheSame() {
    world.arm.forbid("Microsoft.ManagedIdentity/userAssignedIdentities/read", true);

    assertThat(world.finding("identity-may-use-key").verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void missingRights_areEachNamedWithTheirScope() {
    world.arm.forbid("Microsoft.ContainerService/managedClusters/write", true);
    world.arm.forbid(
        "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action", true);

    assertThat(world.finding("own-right-to-update-cluster").seen())
        .containsIgnoringCase("managedClusters/write on " + world.clusterId)
        .containsIgnoringCase("listClusterUserCredential/action on " + world.clusterId);
  }

  @Test
  void silentArm_isToldByEveryCheckThatNeedsIt() {
    world.armSilent = true;

    assertThat(world.findings().values())
        .filteredOn(finding -> finding.verdict() == Verdict.PASSED)
        .extracting(Finding::check)
        .allMatch(
            check ->
                check.contains("key")
                    || check.equals("vault-mode-kept")
                    || check.equals("reaches-vault")
                    || check.contains("api-server"));
    assertThat(world.finding("identity-may-use-key").verdict()).isEqualTo(Verdict.CANNOT_TELL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<html>proxy</html>", "[]", "{}", "null", "{\"value\":7}", "{\"value\":[7]}"})
  void answersThatAreNone_passNoCheckOfArm(String body) {
    world.armAnswers = answer -> AzureAnswer.json(200, body);

    assertThat(world.findings().values())
        .filteredOn(finding -> finding.verdict() == Verdict.PASSED)
        .extracting(Finding::check)
        .doesNotContain(ofArm());
    assertThat(world.findings().values())
        .allSatisfy(finding -> assertThat(finding.toString()).doesNotContain("proxy<"));
  }

  private static String[] ofArm() {
    return List.of(
            "provisioning-succeeded",
            "no-operation-in-progress",
            "cluster-running",
            "kms-v2",
            "versioned-key-experience",
            "settings-as-expected",
            "secrets-within-kms-v1-limit",
            "system-nodes-present",
            "user-assigned-identity",
            "identity-exists",
            "identity-may-use-key",
            "vault-exists",
            "vault-in-same-tenant",
            "vault-open-to-api-servers",
            "vault-soft-delete",
            "vault-purge-protection",
            "own-right-to-update-cluster",
            "own-right-to-assign-identity",
            "own-right-to-join-subnets")
        .toArray(String[]::new);
  }

  @Test
  void nextPageElsewhere_isNotAskedAndNothingPasses() {
    world.armAnswers =
        answer ->
            answer.body().contains("\"value\"")
                ? AzureAnswer.json(
                    200, "{\"value\":[],\"nextLink\":\"https://attacker.example/next\"}")
                : answer;

    Finding finding = world.finding("own-right-to-update-cluster");

    assertThat(finding.verdict()).isEqualTo(Verdict.CANNOT_TELL);
    assertThat(finding.seen()).contains("nobody is asked").doesNotContain("attacker");
  }

  @Test
  void nextPageThatLeadsBackToItself_isGivenUp() {
    world.armAnswers =
        answer ->
            answer.body().contains("\"value\"")
                ? AzureAnswer.json(
                    200,
                    "{\"value\":[],\"nextLink\":\"https://management.azure.com"
                        + world.clusterId
                        + "/providers/Microsoft.Authorization/permissions"
                        + "?api-version=2022-04-01\"}")
                : answer;

    assertThat(world.finding("own-right-to-update-cluster").seen()).contains("no end");
  }
}
