package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.key.KeyId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster in Azure is looked at for before anything is begun, by its ARM id. */
class AzurePlanTest {
  @TempDir private Path folder;
  private AzureOnThisMachine world;

  @AfterEach
  void stop() {
    assertThat(world.arm.acceptedUpdates()).isEmpty();
    assertThat(world.records().active(world.name)).isEmpty();
    world.close();
  }

  @Test
  void rotationPlanned_saysWhereItLeadsAndThatItsCheckPasses() throws Exception {
    world = new AzureOnThisMachine(folder, true);
    KeyId second = world.vault.createVersion(AzureOnThisMachine.KEY);

    CommandLineRun run = plan("rotate");

    assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    assertThat(run.out())
        .contains("plan: rotate of " + world.name)
        .containsPattern("KMS is +" + world.first + " \\(Public\\)")
        .containsPattern("then +" + second + " \\(Public\\)")
        .containsPattern("steps +check, converge, prove-current, update-cluster")
        .containsPattern("check +passes")
        .containsPattern("Secrets +60")
        .contains("ok      vault-in-same-tenant", "Nothing was changed.");
    assertThat(world.records().operations(world.name)).isEmpty();
  }

  @Test
  void targetDisabled_isRefusedWithWhatWasSeenExpectedAndToType() throws Exception {
    world = new AzureOnThisMachine(folder, true);
    KeyId second = world.vault.createVersion(AzureOnThisMachine.KEY);
    world.vault.setEnabled(second, false);

    CommandLineRun run = plan("rotate", "--to", second.url());

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.out())
        .contains("refused (target-unfit)")
        .containsPattern("failed  target-key-enabled: .*disabled")
        .containsPattern("expected: .+")
        .containsPattern("type: az keyvault key set-attributes .*--enabled true");
  }

  @Test
  void nothingToRotateTo_isSaidInOneMessage() throws Exception {
    world = new AzureOnThisMachine(folder, true);

    CommandLineRun run = plan("rotate");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("refused (no-newer-version)");
  }

  @Test
  void enablePlannedForAClusterThatIsThere_looksAtItsVault() throws Exception {
    world = new AzureOnThisMachine(folder, false);

    CommandLineRun run = plan("enable", "--key", world.first.url());

    assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    assertThat(run.out())
        .containsPattern("KMS is +off")
        .containsPattern("then +" + world.first)
        .contains("vault-open-to-api-servers");
  }

  @Test
  void enablePlannedWithoutItsKey_usageErrorNamesTheOption() throws Exception {
    world = new AzureOnThisMachine(folder, false);

    CommandLineRun run = plan("enable");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--key: expected the key version to encrypt with");
  }

  @Test
  void offAndOnAgainPlanned_allThreeSettingsAreShown() throws Exception {
    world = new AzureOnThisMachine(folder, true);

    CommandLineRun run =
        plan(
            "change-vault-access",
            "--network-access",
            "private",
            "--key-vault-resource-id",
            world.vaultId,
            "--output",
            "json");

    assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    JsonNode plan = new ObjectMapper().readTree(run.out());
    assertThat(plan.at("/schema").asText()).isEqualTo("rekey.dev/plan/v1");
    assertThat(plan.at("/check/outcome").asText()).isEqualTo("passes");
    assertThat(plan.at("/route")).hasSize(3);
    assertThat(plan.at("/route/1/keyId").isNull()).isTrue();
    assertThat(plan.at("/route/2/networkAccess").asText()).isEqualTo("Private");
    assertThat(plan.at("/findings").size()).isGreaterThan(20);
  }

  @Test
  void eachOfTheOtherKindsIsPlanned() throws Exception {
    world = new AzureOnThisMachine(folder, true);

    assertThat(plan("disable").out()).containsPattern("then +off");
    assertThat(plan("migrate-to-kms-v2").out()).contains("refused (kms-v2-already)");
    assertThat(plan("recover-dropped-key").err()).contains("refused (no-version-dropped)");
    assertThat(plan("return").err()).contains("refused (nothing-to-return-to)");
    assertThat(plan("recover-expired-key").err()).contains("refused (no-newer-version)");
    assertThat(world.typeAbout("plan").out()).contains("plan: reencrypt of " + world.name);
  }

  @Test
  void optionBeforeTheKind_isRefusedInsteadOfPassedOver() throws Exception {
    world = new AzureOnThisMachine(folder, true);

    CommandLineRun run =
        world.typeLine(
            "plan", "--cluster", world.clusterId, "disable", "--cluster", world.clusterId);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--cluster: expected it after disable");
  }

  @Test
  void soundCluster_doctorFindsNothingAndNamesWhatItLookedAt() throws Exception {
    world = new AzureOnThisMachine(folder, true);

    CommandLineRun run = world.typeAbout("doctor");

    assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    assertThat(run.out())
        .contains("doctor: " + world.name)
        .contains("ok      current-key-usable", "ok      vault-open-to-api-servers")
        .contains("looked at 60 of 60: 0 would not be rewritten");
  }

  @Test
  void vaultLetsSelectedNetworksIn_doctorSaysWhatToType() throws Exception {
    world = new AzureOnThisMachine(folder, true);
    world
        .arm
        .neighbours()
        .change(
            world.vaultId,
            vault -> vault.withObject("/properties/networkAcls").put("defaultAction", "Deny"));

    CommandLineRun text = world.typeAbout("doctor");
    CommandLineRun json = world.typeAbout("doctor", "--output", "json");

    assertThat(text.exitCode()).isEqualTo(4);
    assertThat(text.out())
        .contains("failed  vault-open-to-api-servers: ")
        .containsPattern("type: az keyvault update .*--default-action Allow");
    assertThat(json.exitCode()).isEqualTo(4);
    assertThat(new ObjectMapper().readTree(json.out()).at("/findings").findParents("check"))
        .anyMatch(
            finding ->
                finding.path("check").asText().equals("vault-open-to-api-servers")
                    && finding.path("verdict").asText().equals("failed")
                    && finding.path("remedy").asText().startsWith("az keyvault update "));
  }

  @Test
  void censusByArmId_namesTheKeyByItsUrlAndLeavesItsEvidence() throws Exception {
    world = new AzureOnThisMachine(folder, true);

    CommandLineRun run = world.typeAbout("census");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("stored under +60 +" + world.first)
        .contains("Nothing was written and no Secret was read.")
        .doesNotContain("is rewritten");
    assertThat(world.records().operations(world.name)).hasSize(1);
  }

  @Test
  void kmsTurnedOffAndSecretsLeftUnderTheKey_censusByArmIdCountsThem() throws Exception {
    world = new AzureOnThisMachine(folder, true);
    world.arm.turnedOffByAnother(world.name);
    world.time.advance(Duration.ofMinutes(10));

    CommandLineRun run = world.typeAbout("census", "--objects", "--output", "json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode census = new ObjectMapper().readTree(run.out()).path("census");
    assertThat(census.path("plain").asInt()).isZero();
    assertThat(census.path("after").fields().next().getValue().asInt()).isEqualTo(60);
  }

  @Test
  void noArmId_usageErrorShowsTheForm() throws Exception {
    world = new AzureOnThisMachine(folder, true);

    for (String verb : List.of("doctor", "census", "plan")) {
      CommandLineRun run = world.typeLine(verb, "--cluster", "prod");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("--cluster prod: expected the ARM id of an AKS cluster");
    }
  }

  private CommandLineRun plan(String kind, String... options) {
    List<String> line = new ArrayList<>(List.of("plan", kind));
    line.addAll(List.of("--cluster", world.clusterId));
    line.addAll(List.of("--records", folder.resolve("records").toString()));
    line.addAll(List.of(options));
    return world.typeLine(line.toArray(String[]::new));
  }
}
