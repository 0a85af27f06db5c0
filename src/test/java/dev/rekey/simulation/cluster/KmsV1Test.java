package dev.rekey.simulation.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyIdHash;
import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.cluster.encryption.Provider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A simulated API server under KMS v1 answers and counts as a real one: see {@code KmsV1IT}. */
class KmsV1Test {
  private static final EncryptionConfiguration ON = EncryptionConfiguration.underKmsV1(World.KEY_1);
  private static final EncryptionConfiguration OFF =
      EncryptionConfiguration.offAfterKmsV1(World.KEY_1);
  private static final String PREFIX = Provider.KmsV1.of(World.KEY_1).prefix();
  private static final KeyIdHash V1 = new KeyIdHash(PREFIX);

  private final World world = new World(ClusterShape.encrypting(ON).withReplicas(1), 7);

  private void seed(int secrets) {
    world.cluster.seed(SecretBatch.of(secrets, 2), ON).start();
  }

  @Test
  void noKeyIdIsStored_andOnlyThePrefixTellsReads() {
    seed(10);

    assertThat(PREFIX).startsWith("k8s:enc:kms:v1:");
    assertThat(world.cluster.oracle().countsByKeyId()).isEqualTo(Map.of(PREFIX, 10));
    ReplicaSample sample = world.replica(0).sample();
    assertThat(sample.reads()).isEqualTo(Map.of(V1, 10L)); // its watch cache
    assertThat(sample.statusAt()).isEmpty();
    assertThat(sample.lastWriteAt()).isEmpty();
    assertThat(sample.plainReads()).isZero();
  }

  @Test
  void emptyPatchOfWhatLiesUnderIt_movesNothing() {
    seed(10);
    long written = world.cluster.oracle().writes();

    assertThat(moved(world.pass(PatchMode.APPLY))).isZero();

    assertThat(world.cluster.oracle().writes()).isEqualTo(written);
    assertThat(world.replica(0).sample().reads()).isEqualTo(Map.of(V1, 20L));
  }

  @Test
  void turnedOff_anEmptyPatchWritesPlainOnceAndIsCountedUnderBothPrefixes() {
    seed(10);
    world.replica(0).stage(OFF);
    world.replica(0).reload();
    ReplicaSample before = world.replica(0).sample();

    long first = moved(world.pass(PatchMode.APPLY));
    long second = moved(world.pass(PatchMode.APPLY));

    assertThat(first).isEqualTo(10);
    assertThat(second).isZero();
    assertThat(world.cluster.oracle().plain()).isEqualTo(10);
    ReplicaSample after = world.replica(0).sample();
    assertThat(after.reads().get(V1) - before.reads().get(V1)).isEqualTo(10);
    assertThat(after.plainWrites() - before.plainWrites()).isEqualTo(10);
  }

  /** The upgrade takes away what reads it. */
  @Test
  void configurationWithoutIt_readsNone() {
    seed(4);
    world.replica(0).stage(EncryptionConfiguration.encrypted(World.KEY_1));
    world.replica(0).reload();

    assertThat(world.pass(PatchMode.DRY_RUN))
        .allMatch(look -> look.answer() instanceof PatchAnswer.Refused);
  }

  private static long moved(List<Look> looks) {
    return looks.stream().filter(KmsV1Test::isMoved).count();
  }

  private static boolean isMoved(Look look) {
    SecretRef secret = look.secret();
    return look.answer() instanceof PatchAnswer.Patched patched
        && secret.isMovedBy(patched.resourceVersion());
  }
}
