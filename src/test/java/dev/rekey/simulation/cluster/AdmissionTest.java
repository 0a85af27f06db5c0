package dev.rekey.simulation.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.simulation.cluster.admission.Obstacle;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final World world = World.rotated(6);
  private final SecretRef first = world.refs().get(0);

  @Test
  void aPolicyDeniesStaleAndCurrentAlikeAndIsNamed() {
    PatchAnswer denied = refused(ExceptionReason.DENIED_BY_POLICY, "no-updates");
    world.cluster.admission().put("team-00", new Obstacle.DeniedByPolicy("no-updates"));

    assertThat(world.patchAt(0, first)).isEqualTo(denied);

    world.cluster.admission().clear("team-00");
    world.patchAt(0, first);
    world.cluster.admission().put("team-00", new Obstacle.DeniedByPolicy("no-updates"));
    assertThat(world.patchAt(0, first)).isEqualTo(denied);
  }

  @Test
  void anObstacleInOneNamespaceIsInNobodyElsesWay() {
    world.cluster.admission().put("team-00", new Obstacle.DeniedByPolicy("no-updates"));

    assertThat(World.moved(world.pass(PatchMode.APPLY))).isEqualTo(4);
  }

  @Test
  void aWebhookThatIsDownDeniesOrAltersIsToldApart() {
    world.cluster.admission().put("team-00", new Obstacle.WebhookDown("w.example.com"));
    assertThat(world.patchAt(0, first))
        .isEqualTo(refused(ExceptionReason.WEBHOOK_UNREACHABLE, "w.example.com"));

    world.cluster.admission().put("team-00", new Obstacle.DeniedByWebhook("w.example.com"));
    assertThat(world.patchAt(0, first))
        .isEqualTo(refused(ExceptionReason.DENIED_BY_WEBHOOK, "w.example.com"));

    world.cluster.admission().put("team-00", new Obstacle.Altered());
    assertThat(world.patchAt(0, first)).isNotEqualTo(world.patchAt(0, first));
  }

  @Test
  void aSecretThatIsAlteredOnEachWriteMovesOnEveryLookButNotOnADryRun() {
    world.cluster.admission().put("team-00", "secret-0000", new Obstacle.Altered());
    world.pass(PatchMode.APPLY);

    assertThat(World.moved(world.pass(PatchMode.APPLY))).isEqualTo(1);
    assertThat(World.moved(world.pass(PatchMode.APPLY))).isEqualTo(1);
    assertThat(World.moved(world.pass(PatchMode.DRY_RUN))).isZero();
  }

  @Test
  void oneSecretThatTodaysRulesRefuseIsInvalid() {
    world.cluster.admission().put("team-00", "secret-0000", new Obstacle.Invalid());

    assertThat(world.patchAt(0, first)).isEqualTo(refused(ExceptionReason.INVALID, null));
  }

  @Test
  void whatTheIdentityMayNotPatchIsNotEvenRead() {
    long reads = world.reads(0, World.KEY_1);
    world.cluster.admission().put("team-00", new Obstacle.Forbidden());

    assertThat(world.patchAt(0, first)).isEqualTo(refused(ExceptionReason.FORBIDDEN, null));
    assertThat(world.reads(0, World.KEY_1)).isEqualTo(reads);
  }

  private static PatchAnswer refused(ExceptionReason reason, String by) {
    return new PatchAnswer.Refused(reason, by);
  }
}
