package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.simulation.cluster.admission.Obstacle;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets that a rotation on a cluster in Azure could not rewrite, from the first word to the last.
 */
class AzureExceptionsTest {
  @TempDir private Path folder;
  private AzureOnThisMachine world;

  @BeforeEach
  void start() throws Exception {
    world = new AzureOnThisMachine(folder, true);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void namespaceIsFrozenAndThawedAgain_whatTheRemedySaysLeadsToTheWholeProof() {
    KeyId second = world.vault.createVersion(AzureOnThisMachine.KEY);
    world.cluster.admission().put("team-00", new Obstacle.DeniedByPolicy("frozen"));

    CommandLineRun rotated = world.type("rotate");

    assertThat(rotated.exitCode()).as(rotated.err()).isEqualTo(3);
    assertThat(rotated.err()).contains("reencrypt --cluster ID --retry-exceptions");
    CommandLineRun named = about("evidence", "--exceptions");
    assertThat(named.exitCode()).isZero();
    assertThat(named.out().lines())
        .hasSize(AzureOnThisMachine.SECRETS / 4)
        .allMatch(line -> line.startsWith("team-00/"));

    world.cluster.admission().clear("team-00");
    CommandLineRun again = about("reencrypt", "--retry-exceptions");

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(world.cluster.oracle().under(second.url())).isEqualTo(AzureOnThisMachine.SECRETS);
    assertThat(about("reencrypt", "--retry-exceptions").err()).contains("nothing to retry");
    assertThat(about("evidence").out()).contains("reencrypt of " + world.name);
  }

  @Test
  void nextRotationWouldDropTheKeyOfExceptions_itStallsAndGoesOnWhenTypedAgain() {
    world.cluster.admission().put("team-00", new Obstacle.DeniedByPolicy("frozen"));
    world.vault.createVersion(AzureOnThisMachine.KEY);
    world.type("rotate");
    world.time.advance(Duration.ofDays(1));
    KeyId third = world.vault.createVersion(AzureOnThisMachine.KEY);

    CommandLineRun stalled = world.type("rotate");

    assertThat(stalled.exitCode()).isEqualTo(3);
    assertThat(stalled.err()).contains("unproved-exceptions", "type the same command again");
    assertThat(world.arm.acceptedUpdates()).hasSize(1);
    assertThat(about("reencrypt", "--retry-exceptions").err()).contains("rotate", "is unfinished");

    world.cluster.admission().clear("team-00");
    world.time.advance(Duration.ofMinutes(1));
    CommandLineRun again = world.type("rotate");

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(world.cluster.oracle().under(third.url())).isEqualTo(AzureOnThisMachine.SECRETS);
  }

  @Test
  void evidenceOfWhatIsNoCluster_usageErrorNamesTheForm() {
    CommandLineRun run = world.typeLine("evidence", "--cluster", "prod");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--cluster prod: expected the ARM id");
  }

  private CommandLineRun about(String verb, String... options) {
    return world.typeAbout(verb, options);
  }
}
