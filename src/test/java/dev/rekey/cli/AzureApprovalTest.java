package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.service.port.Records;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose plan a person approves, typed against Azure's own clients. */
class AzureApprovalTest {
  @TempDir private Path folder;

  private AzureOnThisMachine world;

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void previousVersionWasDisabledWithAllUnderIt_oneCommandRescuesRestoresAndRotates()
      throws Exception {
    world = new AzureOnThisMachine(folder, true);
    disableWhatAllLiesUnder();
    KeyId next = world.vault.createVersion(AzureOnThisMachine.KEY);

    CommandLineRun run = world.type("recover-expired-key", "--reason", "incident 4711");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("az keyvault key set-attributes --id " + world.first + " --enabled true")
        .contains("restart no API server");
    assertThat(world.cluster.oracle().under(next.url())).isEqualTo(AzureOnThisMachine.SECRETS);
    assertThat(world.vault.peek(world.first.url()).orElseThrow().enabled()).isTrue();
    Operation ended = last();
    Records.StoredEvidence evidence =
        world.records().evidence(world.name, ended.id()).orElseThrow();
    assertThat(evidence.evidence().operation().approver())
        .isEqualTo(System.getProperty("user.name"));
    assertThat(evidence.evidence().phases().get(0).step()).isEqualTo("rescue");
  }

  @Test
  void slotsAreInOrder_nothingIsChangedInTheVault() throws Exception {
    world = new AzureOnThisMachine(folder, true);
    world.vault.createVersion(AzureOnThisMachine.KEY);

    CommandLineRun run = world.type("recover-expired-key");

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.err()).contains("slots-in-order");
    assertThat(world.arm.acceptedUpdates()).isEmpty();
  }

  /** The upgrade is a person's: the command ends with it, and goes on when it is typed again. */
  @Test
  void clusterIsOnKmsV1_theSameCommandTurnsItOffAndAfterTheUpgradeOnAgain() throws Exception {
    world = AzureOnThisMachine.onKmsV1(folder);

    CommandLineRun first = world.type("migrate-to-kms-v2", "--reason", "ticket 4711");

    assertThat(first.exitCode()).as(first.err()).isEqualTo(ExitCode.NOT_YET);
    assertThat(first.out())
        .contains("KMS is    " + world.first, "then      off")
        .contains(AzureOnThisMachine.SECRETS + " Secrets were found readable")
        .contains("KMS v1 stores no key id");
    assertThat(first.out() + first.err())
        .contains(
            "az aks upgrade --resource-group clusters --name prod --kubernetes-version 1.27"
                + " --control-plane-only");
    assertThat(world.cluster.oracle().plain()).isEqualTo(AzureOnThisMachine.SECRETS);

    world.upgrade("1.27.9");
    CommandLineRun second = world.type("migrate-to-kms-v2");

    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(world.cluster.oracle().under(world.first.url()))
        .isEqualTo(AzureOnThisMachine.SECRETS);
    assertThat(last().kind()).isEqualTo(Kind.MIGRATE_TO_KMS_V2);
    assertThat(world.records().operations(world.name)).hasSize(1);
  }

  @Test
  void clusterIsOnKmsV1AndItIsToldToUpgrade_oneCommandLeadsToTheEnd() throws Exception {
    world = AzureOnThisMachine.onKmsV1(folder);

    CommandLineRun run =
        world.type("migrate-to-kms-v2", "--upgrade-to", "1.27.9", "--reason", "ticket 4711");

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .contains("Kubernetes is upgraded to 1.27.9, on the control plane alone.")
        .contains("once everything is proved plain it upgrades Kubernetes to 1.27.9")
        .doesNotContain("awaiting-upgrade");
    assertThat(world.cluster.oracle().under(world.first.url()))
        .isEqualTo(AzureOnThisMachine.SECRETS);
    assertThat(world.arm.acceptedBodies())
        .extracting(body -> body.at("/properties/kubernetesVersion").asText())
        .containsExactly("1.26.15", "1.27.9", "1.27.9");
  }

  @Test
  void upgradeIsFurtherThanOneMinorVersion_refusedWithNothingChanged() throws Exception {
    world = AzureOnThisMachine.onKmsV1(folder);

    CommandLineRun run = world.type("migrate-to-kms-v2", "--upgrade-to", "1.28.3");

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.err())
        .contains("upgrade-not-one-step", "to Kubernetes 1.28.3 from 1.26.15")
        .contains("expected: a version 1.27.<patch>", "az aks get-upgrades");
    assertThat(world.arm.acceptedUpdates()).isEmpty();
  }

  @Test
  void versionThatCanNotBeUpgradedTo_isBadInput() throws Exception {
    world = AzureOnThisMachine.onKmsV1(folder);

    for (String bad : List.of("1.27", "v1.27.9", "1.26.15", "1.27.9-beta", "latest", "")) {
      CommandLineRun run = world.type("migrate-to-kms-v2", "--upgrade-to", bad);

      assertThat(run.exitCode()).as(bad).isEqualTo(ExitCode.USAGE);
      assertThat(run.err())
          .contains("--upgrade-to " + bad, "<major>.<minor>.<patch>, such as 1.27.9");
    }
    assertThat(world.arm.acceptedUpdates()).isEmpty();
    assertThat(world.records().operations(world.name)).isEmpty();
  }

  /** What one person was told of, another can't be made to do by the same command's other form. */
  @Test
  void anotherUpgradeIsNamedForOneThatIsUnderWay_itIsNotGoneOnWith() throws Exception {
    world = AzureOnThisMachine.onKmsV1(folder);
    world.type("migrate-to-kms-v2");

    CommandLineRun run = world.type("migrate-to-kms-v2", "--upgrade-to", "1.27.9");

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(world.arm.acceptedUpdates()).hasSize(1);
  }

  @Test
  void clusterIsOnKmsV2_thereIsNothingToMigrate() throws Exception {
    world = new AzureOnThisMachine(folder, true);

    CommandLineRun run = world.type("migrate-to-kms-v2");

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.err()).contains("kms-v2-already");
    assertThat(world.arm.acceptedUpdates()).isEmpty();
  }

  @Test
  void kmsIsOff_enableIsNamed() throws Exception {
    world = new AzureOnThisMachine(folder, false);

    CommandLineRun run = world.type("migrate-to-kms-v2");

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.err()).contains("kms-is-off", "enable");
  }

  /** The clock of this world stands still while an API server is asked again, so nothing more. */
  @Test
  void versionThatIsStillInASlot_isNotBroughtBack() throws Exception {
    world = new AzureOnThisMachine(folder, true);
    movedByHand();

    CommandLineRun named = world.type("recover-dropped-key", "--key", world.first.url());
    CommandLineRun unnamed = world.type("recover-dropped-key");

    assertThat(named.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(named.err()).contains("version-in-slot");
    assertThat(unnamed.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(unnamed.err()).contains("no-version-dropped");
    assertThat(world.arm.acceptedUpdates()).isEmpty();
  }

  private KeyId movedByHand() {
    KeyId made = world.vault.createVersion(AzureOnThisMachine.KEY);
    world.arm.rotatedByAnother(world.name, made);
    world.time.advance(Duration.ofHours(1));
    return made;
  }

  @Test
  void nothingToReturnTo_isSaid() throws Exception {
    world = new AzureOnThisMachine(folder, true);

    CommandLineRun run = world.type("return");

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.err()).contains("nothing-to-return-to");
  }

  /** Somebody has moved the cluster by hand, left the Secrets, and disabled the version before. */
  private void disableWhatAllLiesUnder() {
    KeyId second = world.vault.createVersion(AzureOnThisMachine.KEY);
    world.arm.rotatedByAnother(world.name, second);
    world.time.advance(Duration.ofHours(1));
    world.cluster.readAllByAnother();
    world.vault.setEnabled(world.first, false);
  }

  private Operation last() {
    List<Operation> all = world.records().operations(world.name);
    return all.get(all.size() - 1);
  }
}
