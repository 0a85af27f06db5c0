package dev.rekey.app.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Examination;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.preflight.Verdict;
import dev.rekey.reencryption.DryScan;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.SecretException;
import dev.rekey.simulation.cluster.SecretBatch;
import dev.rekey.simulation.cluster.admission.Obstacle;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What stands in the way of a rewrite is seen before one, by a kubeconfig alone. */
class DryRunOfEachTest {
  private final CensusWorld world =
      new CensusWorld(SecretBatch.of(300, 3).in("older-"), SecretBatch.of(300, 3));

  @Test
  void soundCluster_everySecretIsLookedAtAndNothingIsInTheWay() {
    Examination examination = world.examine(Duration.ofHours(1));

    assertThat(examination.findings()).extracting(Finding::verdict).containsOnly(Verdict.PASSED);
    assertThat(scan(examination)).isEqualTo(new DryScan(600, 600, Map.of()));
  }

  @Test
  void policyAndBrokenSecrets_areNamedByReasonAndNothingIsWritten() {
    long writes = world.cluster.oracle().writes();
    world.cluster.admission().put("older-01", new Obstacle.DeniedByPolicy("freeze"));
    world.cluster.admission().put("team-01", "secret-0000", new Obstacle.Invalid());

    DryScan scan = scan(world.examine(Duration.ofHours(1)));

    assertThat(scan.looked()).isEqualTo(600);
    DryScan.Some denied = scan.found().get(ExceptionReason.DENIED_BY_POLICY);
    assertThat(denied.count()).isEqualTo(100);
    assertThat(denied.few()).hasSize(5).extracting(SecretException::by).containsOnly("freeze");
    assertThat(world.cluster.oracle().writes()).isEqualTo(writes);
  }

  @Test
  void timeIsUp_theRestIsCountedAndNotLookedAt() {
    DryScan scan = scan(world.examine(Duration.ZERO));

    assertThat(scan.secrets()).isEqualTo(600);
    assertThat(scan.looked()).isZero();
    assertThat(scan.isWhole()).isFalse();
  }

  @Test
  void planOfAReencryption_showsThemToo() {
    world.cluster.admission().put("older-01", new Obstacle.WebhookDown("gone.example.com"));

    DryScan scan = Objects.requireNonNull(world.plan().secrets().scan());

    assertThat(scan.found().get(ExceptionReason.WEBHOOK_UNREACHABLE).count()).isEqualTo(100);
    assertThat(world.plan().isRefused()).isFalse();
  }

  private static DryScan scan(Examination examination) {
    return Objects.requireNonNull(examination.secrets().scan());
  }
}
