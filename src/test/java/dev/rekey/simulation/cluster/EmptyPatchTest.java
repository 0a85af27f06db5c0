package dev.rekey.simulation.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.cluster.etcd.StoredSecret;
import dev.rekey.simulation.cluster.secret.SecretContent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmptyPatchTest {

  @Test
  void whatIsStaleIsRewrittenAndItsResourceVersionMoves() {
    World world = World.rotated(30);

    List<Look> looks = world.pass(PatchMode.APPLY);

    assertThat(World.moved(looks)).isEqualTo(30);
    assertThat(world.cluster.oracle().under(World.KEY_2)).isEqualTo(30);
    assertThat(world.cluster.oracle().under(World.KEY_1)).isZero();
  }

  @Test
  void whatIsCurrentIsLeftAloneAndNothingMoves() {
    World world = World.rotated(30);
    world.pass(PatchMode.APPLY);
    long writes = world.cluster.oracle().writes();

    List<Look> looks = world.pass(PatchMode.APPLY);

    assertThat(World.moved(looks)).isZero();
    assertThat(world.cluster.oracle().writes()).isEqualTo(writes);
  }

  @Test
  void aDryRunCountsWhatLiesUnderEachKeyAndWritesNothing() {
    World world = World.rotated(30);
    world.cluster.seed(SecretBatch.of(5, 1).in("new-"), World.ROTATED);
    long oldBefore = world.reads(0, World.KEY_1) + world.reads(1, World.KEY_1);
    long newBefore = world.reads(0, World.KEY_2) + world.reads(1, World.KEY_2);
    long writes = world.cluster.oracle().writes();

    List<Look> looks = world.pass(PatchMode.DRY_RUN);

    assertThat(World.moved(looks)).isZero();
    assertThat(world.cluster.oracle().writes()).isEqualTo(writes);
    assertThat(world.reads(0, World.KEY_1) + world.reads(1, World.KEY_1) - oldBefore).isEqualTo(30);
    assertThat(world.reads(0, World.KEY_2) + world.reads(1, World.KEY_2) - newBefore).isEqualTo(5);
  }

  @Test
  void rewritingChangesNothingThatAClientGave() {
    World world = World.rotated(3);
    SecretContent before = world.cluster.oracle().content("team-00", "secret-0000");
    StoredSecret stored = world.cluster.oracle().secret("team-00", "secret-0000");

    world.pass(PatchMode.APPLY);

    assertThat(world.cluster.oracle().content("team-00", "secret-0000")).isEqualTo(before);
    assertThat(world.cluster.oracle().secret("team-00", "secret-0000").uid())
        .isEqualTo(stored.uid());
    assertThat(world.cluster.oracle().secret("team-00", "secret-0000").created())
        .isEqualTo(stored.created());
  }

  @Test
  void immutableHeldBackTerminatingAndVeryLargeSecretsAreRewrittenLikeAnyOther() {
    World world = new World(ClusterShape.encrypting(World.ROTATED), 1);
    Instant when = Instant.parse("2026-02-01T00:00:00Z");
    world
        .cluster
        .seed(SecretBatch.of(2, 1).in("fixed-").each(SecretContent::asImmutable), World.BEFORE)
        .seed(
            SecretBatch.of(2, 1).in("held-").each(each -> each.heldBackBy("x/y", when)),
            World.BEFORE)
        .seed(SecretBatch.of(2, 1).in("ending-"), World.BEFORE)
        .seed(SecretBatch.of(1, 1).in("large-").withBytes(1_048_576), World.BEFORE)
        .start();
    world.cluster.namespaces().terminate("ending-00");

    assertThat(World.moved(world.pass(PatchMode.APPLY))).isEqualTo(7);
    assertThat(world.cluster.oracle().content("held-00", "secret-0000").deletedAt())
        .isEqualTo(when);
    assertThat(world.cluster.oracle().content("fixed-00", "secret-0001").immutable()).isTrue();
  }

  @Test
  void aSecretThatIsGoneIsNotMadeAnew() {
    World world = World.rotated(1);

    PatchAnswer answer = world.patchAt(0, new SecretRef("team-00", "never-was", "1"));

    assertThat(answer).isEqualTo(new PatchAnswer.Gone());
    assertThat(world.cluster.oracle().count()).isEqualTo(1);
  }

  @Test
  void switchedOffEverythingIsRewrittenPlainAndThenCountsAsReadPlain() {
    World world =
        new World(
            ClusterShape.encrypting(EncryptionConfiguration.off(World.KEY_1)).withReplicas(1), 1);
    world.cluster.seed(SecretBatch.of(10, 2), World.BEFORE).start();

    List<Look> first = world.pass(PatchMode.APPLY);
    long plainReads = world.replica(0).sample().plainReads();
    long keyReads = world.reads(0, World.KEY_1);
    List<Look> second = world.pass(PatchMode.APPLY);

    assertThat(World.moved(first)).isEqualTo(10);
    assertThat(world.replica(0).sample().plainWrites()).isEqualTo(10);
    assertThat(World.moved(second)).isZero();
    assertThat(world.replica(0).sample().plainReads() - plainReads).isEqualTo(10);
    assertThat(world.reads(0, World.KEY_1)).isEqualTo(keyReads);
    assertThat(world.cluster.oracle().countsByKeyId()).isEqualTo(Map.of("plain", 10));
  }

  @Test
  void switchedOnWhatWasPlainIsRewrittenEncrypted() {
    World world = new World(ClusterShape.encrypting(World.BEFORE), 1);
    world.cluster.seed(SecretBatch.of(10, 2), EncryptionConfiguration.off()).start();

    world.pass(PatchMode.APPLY);

    assertThat(world.cluster.oracle().plain()).isZero();
    assertThat(world.cluster.oracle().under(World.KEY_1)).isEqualTo(10);
  }

  @Test
  void whatLiesInEtcdTellsNothingOfTheContentUnlessItIsPlain() {
    World world = World.rotated(1);
    World plain = new World(ClusterShape.encrypting(EncryptionConfiguration.off()), 1);
    plain.cluster.seed(SecretBatch.of(1, 1)).start();
    String encoded =
        Base64.getEncoder().encodeToString(SecretBatch.MARKER.getBytes(StandardCharsets.US_ASCII));

    assertThat(bytes(world))
        .doesNotContain(SecretBatch.MARKER)
        .doesNotContain(encoded.substring(0, 20));
    assertThat(bytes(world)).startsWith("k8s:enc:kms:v2:azurekms");
    assertThat(bytes(plain)).contains(encoded.substring(0, 20));
  }

  private static String bytes(World world) {
    byte[] value = world.cluster.oracle().secrets().get(0).value();
    return new String(value, StandardCharsets.ISO_8859_1);
  }
}
