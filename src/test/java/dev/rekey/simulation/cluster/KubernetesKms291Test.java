package dev.rekey.simulation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.cluster.etcd.SecretKey;
import dev.rekey.simulation.cluster.refusal.Cause;
import dev.rekey.simulation.cluster.refusal.Refusal;
import dev.rekey.simulation.cluster.secret.SecretContent;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Rotated twice without rewriting in between: Secrets lie under a key version that has dropped out
 * of both slots.
 */
class KubernetesKms291Test {
  private static final PatchAnswer UNDECRYPTABLE =
      new PatchAnswer.Refused(ExceptionReason.UNDECRYPTABLE, null);

  private World world;
  private SecretRef first;

  @BeforeEach
  void rotateTwice() {
    world = new World(ClusterShape.encrypting(World.BEFORE).withReplicas(1), 1);
    world.cluster.seed(SecretBatch.of(6, 2)).start();
    first = world.refs().get(0);
    load(World.DROPPED);
  }

  @Test
  void aWarmServerCannotPatchOrReadButListsAndIsReadySoThatNobodyNotices() {
    assertThat(world.patchAt(0, first)).isEqualTo(UNDECRYPTABLE);
    assertThat(world.cluster.otherClient().get("team-00", "secret-0000")).isFalse();
    assertThat(world.cluster.otherClient().delete("team-00", "secret-0000")).isFalse();
    assertThatThrownBy(() -> world.replica(0).secrets().get(SecretKey.of("team-00", "secret-0000")))
        .hasMessage("Internal error occurred: no matching prefix found");

    assertThat(world.servers.listSecrets("team-00", null).items()).hasSize(3);
    assertThat(world.replica(0).isReady()).isTrue();
    assertThat(world.servers.sample().failedReads()).isEqualTo(4);
  }

  @Test
  void aWarmServerEvenTakesAnEditWhichHealsTheSecret() {
    boolean edited =
        world
            .cluster
            .otherClient()
            .edit("team-00", "secret-0000", content -> content.withData("more", "eA=="));

    assertThat(edited).isTrue();
    assertThat(world.patchAt(0, first)).isInstanceOf(PatchAnswer.Patched.class);
    assertThat(world.cluster.oracle().under(World.KEY_3)).isEqualTo(1);
  }

  @Test
  void aRestartedServerIsNeitherReadyNorLiveAndItsListsBreakButCreatesWork() {
    world.replica(0).restart();

    assertThat(world.replica(0).isReady()).isFalse();
    assertThat(world.replica(0).isLive()).isFalse();
    assertThatThrownBy(() -> world.servers.listSecrets("team-00", null))
        .asInstanceOf(InstanceOfAssertFactories.type(OutsideFault.class))
        .extracting(OutsideFault::kind)
        .isEqualTo(OutsideFault.Kind.UNDECRYPTABLE);
    assertThatThrownBy(() -> world.replica(0).lists().list(SecretKey.ROOT, 5, null))
        .hasMessage(
            "Internal error occurred: unable to transform key"
                + " \"/registry/secrets/team-00/secret-0000\": no matching prefix found");
    assertThat(world.cluster.otherClient().create("default", "new", SecretContent.opaque(Map.of())))
        .isTrue();
  }

  @Test
  void aRestartedServerAsksToComeBackLaterForListsWithoutALimitInEveryNamespace() {
    world.replica(0).restart();

    assertThatThrownBy(() -> world.replica(0).lists().list(SecretKey.prefixOf("default"), 0, null))
        .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
        .satisfies(
            refusal -> {
              assertThat(refusal.kind()).isEqualTo(Cause.STORAGE_REINITIALISING);
              assertThat(refusal.text())
                  .startsWith("storage is (re)initializing: failed to list *core.Secret: ");
              assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(1));
            });
  }

  @Test
  void aRestartedServerStillListsANamespaceInWhichItCanReadEverything() {
    world.replica(0).restart();

    assertThat(world.servers.listSecrets("default", null).items()).isEmpty();
  }

  @Test
  void theDroppedVersionConfiguredAgainLoadsWithoutARestartAndOnePassHealsAll() {
    world.replica(0).restart();

    load(EncryptionConfiguration.encrypted(World.KEY_3, World.KEY_2, World.KEY_1));
    world.refs().forEach(secret -> world.patchAt(0, secret));

    assertThat(world.replica(0).isReady()).isTrue();
    assertThat(world.cluster.oracle().under(World.KEY_3)).isEqualTo(6);
    assertThat(world.servers.listSecrets("team-00", null).items()).hasSize(3);
  }

  private void load(EncryptionConfiguration configuration) {
    world.replica(0).stage(configuration);
    assertThat(world.replica(0).reload()).isTrue();
  }
}
