package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.key.KeyId;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody changed by hand on a cluster in Azure, and left half done. */
class AzureReencryptTest {
  @TempDir private Path folder;
  private AzureOnThisMachine world;

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void rotatedByHand_everySecretIsProvedUnderTheVersionThatArmShows() throws Exception {
    world = new AzureOnThisMachine(folder, true);
    KeyId second = world.vault.createVersion(AzureOnThisMachine.KEY);
    world.arm.rotatedByAnother(world.name, second);
    letItRoll();

    CommandLineRun run = world.typeAbout("reencrypt", "--output", "json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode evidence = new ObjectMapper().readTree(run.out());
    assertThat(evidence.at("/key/to").asText()).isEqualTo(second.url());
    assertThat(evidence.at("/operation/trigger").asText()).isEqualTo("command-line");
    assertUnder(second);
    assertThat(world.arm.acceptedUpdates()).isEmpty();
  }

  @Test
  void turnedOnByHand_everySecretIsEncrypted() throws Exception {
    world = new AzureOnThisMachine(folder, false);
    world.arm.rotatedByAnother(world.name, world.first);
    letItRoll();
    assertThat(world.cluster.oracle().plain()).isEqualTo(AzureOnThisMachine.SECRETS);

    CommandLineRun run = world.typeAbout("reencrypt");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertUnder(world.first);
  }

  @Test
  void turnedOffByHand_everySecretIsStoredPlain() throws Exception {
    world = new AzureOnThisMachine(folder, true);
    world.arm.turnedOffByAnother(world.name);
    letItRoll();

    CommandLineRun run = world.typeAbout("reencrypt");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(world.cluster.oracle().plain()).isEqualTo(AzureOnThisMachine.SECRETS);
  }

  private void letItRoll() {
    world.time.advance(Duration.ofMinutes(10));
  }

  private void assertUnder(KeyId key) {
    assertThat(world.cluster.oracle().under(key.url())).isEqualTo(AzureOnThisMachine.SECRETS);
  }
}
