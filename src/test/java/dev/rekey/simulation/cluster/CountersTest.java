package dev.rekey.simulation.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.simulation.cluster.admission.Obstacle;
import dev.rekey.simulation.cluster.secret.SecretContent;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What moves the counters, as measured with kube-apiserver 1.36.3. */
class CountersTest {

  @Test
  void aCleanSecondPassReadsEachSecretOnceUnderTheTargetAndNothingElseMoves() {
    World world = World.rotated(40);
    world.pass(PatchMode.APPLY);
    ReplicaSample[] before = {world.replica(0).sample(), world.replica(1).sample()};

    world.pass(PatchMode.APPLY);

    long target = 0;
    for (int index = 0; index < 2; index++) {
      ReplicaSample after = world.replica(index).sample();
      target +=
          world.reads(index, World.KEY_2) - before[index].reads().get(World.hash(World.KEY_2));
      assertThat(after.reads().get(World.hash(World.KEY_1)))
          .isEqualTo(before[index].reads().get(World.hash(World.KEY_1)));
      assertThat(after.writes()).isEqualTo(before[index].writes());
      assertThat(after.plainReads()).isEqualTo(before[index].plainReads());
      assertThat(after.failedReads()).isZero();
    }
    assertThat(target).isEqualTo(40);
  }

  @Test
  void aRewriteIsReadOldAndWrittenWhereItIsServedAndReadNewByEveryWatch() {
    World world = World.rotated(3);
    long oldReads = world.reads(0, World.KEY_1);
    long oldReadsElsewhere = world.reads(1, World.KEY_1);

    world.refs().forEach(secret -> world.patchAt(0, secret));

    assertThat(world.reads(0, World.KEY_1) - oldReads).isEqualTo(3);
    assertThat(world.writes(0, World.KEY_2)).isEqualTo(3);
    assertThat(world.reads(0, World.KEY_2)).isEqualTo(3);
    assertThat(world.reads(1, World.KEY_2)).isEqualTo(3);
    assertThat(world.reads(1, World.KEY_1)).isEqualTo(oldReadsElsewhere);
    assertThat(world.writes(1, World.KEY_2)).isZero();
  }

  @Test
  void aStartingServerReadsEverythingOnceAndAListReadsNothing() {
    World world = World.rotated(12);

    assertThat(world.reads(0, World.KEY_1)).isEqualTo(12);

    world.servers.listSecrets("team-01", null);
    world.servers.listSecrets("team-00", null);

    assertThat(world.reads(0, World.KEY_1) + world.reads(1, World.KEY_1)).isEqualTo(24);
  }

  @Test
  void anotherClientsEditIsOneWriteAndAGetIsOneRead() {
    World world = World.rotated(3);
    OtherClient client = world.cluster.otherClient();
    long reads = world.reads(0, World.KEY_1) + world.reads(1, World.KEY_1);

    client.edit("team-00", "secret-0000", content -> content.withData("more", "eA=="));
    assertThat(world.reads(0, World.KEY_1) + world.reads(1, World.KEY_1)).isEqualTo(reads);
    assertThat(world.writes(0, World.KEY_2) + world.writes(1, World.KEY_2)).isEqualTo(1);

    client.get("team-01", "secret-0001");
    assertThat(world.reads(0, World.KEY_1) + world.reads(1, World.KEY_1)).isEqualTo(reads + 1);
  }

  @Test
  void aDeletedOldSecretIsReadOnceMoreByEveryWatch() {
    World world = World.rotated(3);
    long reads = world.reads(0, World.KEY_1) + world.reads(1, World.KEY_1);

    assertThat(world.cluster.otherClient().delete("team-00", "secret-0000")).isTrue();

    assertThat(world.reads(0, World.KEY_1) + world.reads(1, World.KEY_1)).isEqualTo(reads + 3);
  }

  @Test
  void aRestartBeginsAllCountersAnewAndMovesTheProcessStart() {
    World world = World.rotated(3);
    world.refs().forEach(secret -> world.patchAt(0, secret));
    ReplicaSample before = world.replica(0).sample();
    world.time.advance(Duration.ofMinutes(1));

    world.replica(0).restart();

    ReplicaSample after = world.replica(0).sample();
    assertThat(after.replica()).isEqualTo(before.replica());
    assertThat(after.processStart()).isAfter(before.processStart());
    assertThat(after.writes()).isEmpty();
    assertThat(after.reads()).isEqualTo(Map.of(World.hash(World.KEY_2), 3L));
  }

  @Test
  void statusSamplesOfAllConfiguredKeysAreAtMostAMinuteOldAndADroppedOneLingers() {
    World world = World.rotated(0);
    world.time.advance(Duration.ofMinutes(10));
    world.replica(0).stage(World.DROPPED);
    assertThat(world.replica(0).reload()).isTrue();
    world.time.advance(Duration.ofMinutes(10));

    ReplicaSample sample = world.replica(0).sample();

    assertThat(sample.statusAt())
        .containsOnlyKeys(
            World.hash(World.KEY_1), World.hash(World.KEY_2), World.hash(World.KEY_3));
    assertThat(sample.statusAt().get(World.hash(World.KEY_3)))
        .isAfterOrEqualTo(world.time.instant().minusSeconds(60));
    assertThat(sample.statusAt().get(World.hash(World.KEY_1)))
        .isBeforeOrEqualTo(world.time.instant().minusSeconds(600));
  }

  @Test
  void aPatchThatAPolicyDeniesOrWhoseWebhookIsDownReadsAllTheSame() {
    World world = World.rotated(3);
    world.cluster.admission().put("team-00", new Obstacle.DeniedByPolicy("p"));
    world.cluster.admission().put("team-01", new Obstacle.WebhookDown("w"));
    long reads = world.reads(0, World.KEY_1);

    for (SecretRef secret : world.refs().subList(0, 2)) {
      world.patchAt(0, secret);
    }

    assertThat(world.reads(0, World.KEY_1) - reads).isEqualTo(2);
    assertThat(world.cluster.oracle().under(World.KEY_1)).isEqualTo(3);
  }

  @Test
  void aCreatedSecretIsReadByEveryWatch() {
    World world = World.rotated(0);

    world.cluster.otherClient().create("default", "s", SecretContent.opaque(Map.of()));

    assertThat(world.reads(0, World.KEY_2)).isEqualTo(1);
    assertThat(world.reads(1, World.KEY_2)).isEqualTo(1);
  }
}
