package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.key.KeyId;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Openness;
import dev.rekey.operation.Origin;
import dev.rekey.simulation.azure.AcceptedUpdate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that change a cluster in Azure, from what is typed to what lies in etcd. */
class AzureCommandsTest {
  @TempDir private Path folder;
  private AzureOnThisMachine world;

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void rotated_theNewestVersionIsTakenAndEverySecretProvedUnderIt() throws Exception {
    world = new AzureOnThisMachine(folder, true);
    KeyId second = world.vault.createVersion(AzureOnThisMachine.KEY);

    CommandLineRun run = world.type("rotate", "--reason", "yearly rotation");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("rotate of " + world.clusterId, "KMS is    " + world.first)
        .contains("then      " + second, "update-cluster", "older keys")
        .doesNotContain("stored plain");
    assertThat(world.keyIdInArm()).isEqualTo(second.url());
    assertThat(world.cluster.oracle().under(second.url())).isEqualTo(AzureOnThisMachine.SECRETS);
    Origin origin = world.records().operations(world.name).get(0).origin();
    assertThat(origin.trigger()).isEqualTo(Origin.Trigger.COMMAND_LINE);
    assertThat(origin.actor()).isEqualTo(System.getProperty("user.name"));
    assertThat(origin.reason()).isEqualTo("yearly rotation");
  }

  @Test
  void jsonAsked_theEvidenceIsAllThatStandardOutputHolds() throws Exception {
    world = new AzureOnThisMachine(folder, true);
    KeyId second = world.vault.createVersion(AzureOnThisMachine.KEY);

    CommandLineRun run = world.type("rotate", "--output", "json", "--expect", world.first.url());

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode evidence = new ObjectMapper().readTree(run.out());
    assertThat(evidence.at("/operation/trigger").asText()).isEqualTo("command-line");
    assertThat(evidence.at("/key/to").asText()).isEqualTo(second.url());
    assertThat(evidence.at("/proof/unchanged").asInt()).isEqualTo(AzureOnThisMachine.SECRETS);
    assertThat(run.err()).contains("then      " + second, "record");
  }

  @Test
  void versionIsNamed_itIsTakenThoughThereIsANewerOne() throws Exception {
    world = new AzureOnThisMachine(folder, true);
    KeyId second = world.vault.createVersion(AzureOnThisMachine.KEY);
    world.time.advance(Duration.ofHours(1));
    world.vault.createVersion(AzureOnThisMachine.KEY);

    assertThat(world.type("rotate", "--to", second.url()).exitCode()).isZero();

    assertThat(world.keyIdInArm()).isEqualTo(second.url());
  }

  @Test
  void keyOfAnotherVaultIsNamed_oneUpdateLeadsThereByItsOwnWay() throws Exception {
    world = new AzureOnThisMachine(folder, true);
    KeyId other = world.vault.createVersion(AzureOnThisMachine.OTHER_KEY);
    String vault = world.vaultBesides("other-kv");

    CommandLineRun run =
        world.type(
            "rotate",
            "--to",
            other.url(),
            "--network-access",
            "private",
            "--key-vault-resource-id",
            vault);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(world.arm.acceptedUpdates())
        .containsExactly(new AcceptedUpdate(world.name, KmsSettings.ofPrivate(other, vault)));
    assertThat(world.cluster.oracle().under(other.url())).isEqualTo(AzureOnThisMachine.SECRETS);
  }

  @Test
  void turnedOff_everySecretIsProvedPlain_andTurnedOffAgainNothingHappens() throws Exception {
    world = new AzureOnThisMachine(folder, true);

    CommandLineRun run = world.type("disable");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("While KMS is off every Secret is stored plain in etcd");
    assertThat(world.cluster.oracle().plain()).isEqualTo(AzureOnThisMachine.SECRETS);
    assertThat(world.arm.acceptedUpdates())
        .containsExactly(new AcceptedUpdate(world.name, KmsSettings.OFF));
    CommandLineRun again = world.type("disable");
    assertThat(again.exitCode()).isEqualTo(4);
    assertThat(again.err()).contains("nothing-to-change");
    assertThat(world.arm.acceptedUpdates()).hasSize(1);
  }

  @Test
  void turnedOn_everySecretIsProvedUnderTheNamedVersion() throws Exception {
    world = new AzureOnThisMachine(folder, false);

    CommandLineRun run = world.type("enable", "--key", world.first.url());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(world.keyIdInArm()).isEqualTo(world.first.url());
    assertThat(world.cluster.oracle().under(world.first.url()))
        .isEqualTo(AzureOnThisMachine.SECRETS);
  }

  @Test
  void turnedOnWhereItIsOn_refusedWithTheRemedy() throws Exception {
    world = new AzureOnThisMachine(folder, true);

    CommandLineRun run = world.type("enable", "--key", world.first.url());

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("kms-already-on", "rotate to move it");
  }

  @Test
  void ownKubeconfigOfTheClusterIsNamed_itIsUsed() throws Exception {
    world = new AzureOnThisMachine(folder, true);
    world.vault.createVersion(AzureOnThisMachine.KEY);
    Path own = Files.writeString(folder.resolve("kubeconfig"), world.ownKubeconfig());

    CommandLineRun run = world.type("rotate", "--kubeconfig", own.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @Test
  void vaultIsToBeReachedPrivately_offClosedAndOnAgain() throws Exception {
    world = new AzureOnThisMachine(folder, true);

    CommandLineRun run =
        world.type(
            "change-vault-access",
            "--network-access",
            "PRIVATE",
            "--key-vault-resource-id",
            world.vaultId);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(world.arm.acceptedUpdates())
        .containsExactly(
            new AcceptedUpdate(world.name, KmsSettings.OFF),
            new AcceptedUpdate(world.name, KmsSettings.ofPrivate(world.first, world.vaultId)));
    assertThat(world.arm.readVault(world.vaultId).openness()).isEqualTo(Openness.CLOSED);
    assertThat(world.cluster.oracle().under(world.first.url()))
        .isEqualTo(AzureOnThisMachine.SECRETS);
  }
}
