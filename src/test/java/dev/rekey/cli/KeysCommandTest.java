package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.key.KeyId;
import dev.rekey.key.RotationPolicy;
import dev.rekey.simulation.cluster.SecretBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a key version may go, through Azure's own clients and real files. */
class KeysCommandTest {
  @TempDir private Path folder;
  private AzureOnThisMachine world;

  @AfterEach
  void stop() {
    world.close();
  }

  /** A simulated cluster from the first meeting to the second proof. */
  @Test
  void rotatedTwice_theFirstVersionMayGoOnlyThen() throws Exception {
    world = new AzureOnThisMachine(folder, true);
    assertThat(verdicts()).isEqualTo("needed");

    KeyId second = newVersion();
    assertThat(verdicts()).isEqualTo("needed needed");
    assertThat(world.type("rotate").exitCode()).isZero();
    assertThat(verdicts()).isEqualTo("needed needed");
    assertThat(keys().at("/keys/0/versions/1/neededBy/0/slot").asText()).isEqualTo("previous");

    newVersion();
    assertThat(world.type("rotate", "--expect", second.url()).exitCode()).isZero();

    assertThat(verdicts()).isEqualTo("needed needed not-needed-by-any-known-cluster");
    CommandLineRun run = world.typeAbout("keys");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("https://example.vault.azure.net/keys/")
        .containsPattern(
            world.first.version() + "  usable       never       not needed since 2026-")
        .contains(world.name + " (current): new writes use it", "Only advice: nothing was changed.")
        .contains("needs the key version of its time");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
    assertThat(run.out() + keys()).doesNotContain("secret-00", "team-", SecretBatch.MARKER);
  }

  @Test
  void policyDoesNotSuit_whatToTypeIsShown() throws Exception {
    world = new AzureOnThisMachine(folder, true);
    world.vault.setRotationPolicy(
        AzureOnThisMachine.KEY,
        new RotationPolicy(Period.ofDays(30), Period.ofDays(90), null, Period.ofDays(100)));

    CommandLineRun run = world.typeAbout("keys");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("rotation policy: a new version P90D after the last, announced P30D before")
        .contains("advice (life-too-short): ")
        .contains("type: az keyvault key rotation-policy update ", "P210D");
    assertThat(run.out().lines())
        .allMatch(line -> line.length() <= 100 || line.startsWith("    type: "));
  }

  @Test
  void clusterCanNotBeLookedAt_isSaidWithItsExitCode() throws Exception {
    world = new AzureOnThisMachine(folder, true);
    String other = world.clusterId + "-that-is-gone";

    CommandLineRun run = world.typeAbout("keys", "--scope", other, "--output", "json");

    assertThat(run.exitCode()).isEqualTo(3);
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.path("notLookedAt")).hasSize(1);
    assertThat(json.at("/keys/0/versions/0/verdict").asText()).isEqualTo("needed");
    assertThat(world.typeAbout("keys", "--scope", other).out()).contains("not looked at: ");
  }

  @Test
  void groupIsNamed_itsClustersAreFound() throws Exception {
    world = new AzureOnThisMachine(folder, true);
    String group = world.clusterId.substring(0, world.clusterId.indexOf("/providers/"));

    CommandLineRun run =
        world.typeLine("keys", "--scope", group, "--records", folder.resolve("records").toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains(world.first.version());
  }

  @Test
  void scopesAreBadOrMissing_usageErrorShowsTheForm() throws Exception {
    world = new AzureOnThisMachine(folder, true);

    CommandLineRun bad = world.typeLine("keys", "--scope", "prod", "--cluster", "prod");
    CommandLineRun none = world.typeLine("keys");

    assertThat(bad.exitCode()).isEqualTo(2);
    assertThat(bad.err())
        .contains("--scope prod: expected the ARM id of a subscription")
        .contains("--cluster prod: expected the ARM id of an AKS cluster");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("--cluster or --scope: expected one of them at least");
  }

  private KeyId newVersion() {
    world.time.advance(Duration.ofDays(30));
    return world.vault.createVersion(AzureOnThisMachine.KEY);
  }

  private JsonNode keys() throws Exception {
    CommandLineRun run = world.typeAbout("keys", "--output", "json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  /** The newest version's first. */
  private String verdicts() throws Exception {
    StringBuilder all = new StringBuilder();
    keys()
        .at("/keys/0/versions")
        .forEach(version -> all.append(version.path("verdict").asText()).append(' '));
    return all.toString().strip();
  }
}
