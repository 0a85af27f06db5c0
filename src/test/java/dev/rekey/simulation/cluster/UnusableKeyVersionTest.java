package dev.rekey.simulation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.reencryption.BusyCause;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.simulation.cluster.etcd.SecretKey;
import dev.rekey.simulation.cluster.secret.SecretContent;
import dev.rekey.simulation.key.KeyRefused;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A version in a slot is disabled or expires. */
class UnusableKeyVersionTest {

  @Test
  void theOldOneDisabledAWarmServerStillReadsAndRewritesThoughItIsUnready() {
    World world = World.rotated(20);
    world.vault.refuse(World.KEY_1, KeyRefused.Reason.DISABLED);
    world.time.advance(Duration.ofSeconds(30));

    long moved = World.moved(world.pass(PatchMode.APPLY));

    assertThat(world.replica(0).isReady()).isFalse();
    assertThat(world.replica(0).areKeysHealthy()).isFalse();
    assertThat(world.replica(0).isLive()).isTrue();
    assertThat(moved).isEqualTo(20);
    assertThat(world.cluster.oracle().under(World.KEY_2)).isEqualTo(20);
  }

  @Test
  void theOldOneExpiredARestartedServerCannotReadUntilAWarmOneHasRewrittenAll() {
    World world = World.rotated(4);
    world.vault.refuse(World.KEY_1, KeyRefused.Reason.EXPIRED);
    world.replica(0).restart();
    SecretRef first = world.refs().get(0);

    assertThat(world.patchAt(0, first))
        .isEqualTo(new PatchAnswer.Refused(ExceptionReason.UNDECRYPTABLE, null));
    assertThatThrownBy(() -> world.replica(0).secrets().get(SecretKey.of("team-00", "secret-0000")))
        .hasMessage("Internal error occurred: got unexpected nil transformer");

    world.refs().forEach(secret -> world.patchAt(1, secret));
    world.time.advance(Duration.ofSeconds(2));

    assertThat(world.patchAt(0, first)).isInstanceOf(PatchAnswer.Patched.class);
    assertThat(world.replica(0).isLive()).isTrue();
    assertThat(world.replica(0).isReady()).as("while the version is configured").isFalse();
  }

  @Test
  void aDayLaterEvenAWarmServerHasForgottenTheDataKey() {
    World world = World.rotated(1);
    world.vault.refuse(World.KEY_1, KeyRefused.Reason.DISABLED);
    world.time.advance(Duration.ofHours(25));

    assertThat(world.patchAt(0, world.refs().get(0)))
        .isEqualTo(new PatchAnswer.Refused(ExceptionReason.UNDECRYPTABLE, null));
  }

  @Test
  void theCurrentOneDisabledWritingGoesOnForThreeMinutesOnly() {
    World world = World.rotated(2);
    OtherClient client = world.cluster.otherClient();
    world.vault.refuse(World.KEY_2, KeyRefused.Reason.DISABLED);

    world.time.advance(Duration.ofMinutes(2));
    assertThat(client.create("default", "in-time", SecretContent.opaque(Map.of()))).isTrue();

    world.time.advance(Duration.ofMinutes(2));
    assertThat(client.create("default", "too-late", SecretContent.opaque(Map.of()))).isFalse();
    assertThat(world.patchAt(0, world.refs().get(1)))
        .isEqualTo(new PatchAnswer.Busy(BusyCause.UNAVAILABLE, null));
    assertThat(world.cluster.oracle().under(World.KEY_1)).isEqualTo(2);
  }

  @Test
  void theCurrentOneDisabledAPatchOfACurrentSecretStillLooksClean() {
    World world = World.rotated(2);
    world.pass(PatchMode.APPLY);
    world.vault.refuse(World.KEY_2, KeyRefused.Reason.DISABLED);
    world.time.advance(Duration.ofMinutes(10));

    assertThat(world.pass(PatchMode.APPLY))
        .allSatisfy(
            look ->
                assertThat(look.answer())
                    .isEqualTo(new PatchAnswer.Patched(look.secret().resourceVersion())));
  }

  @Test
  void enabledAgainItHealsInSeconds() {
    World world = World.rotated(2);
    world.vault.refuse(World.KEY_2, KeyRefused.Reason.DISABLED);
    world.time.advance(Duration.ofMinutes(10));
    world.vault.allow(World.KEY_2);
    world.time.advance(Duration.ofSeconds(10));

    assertThat(World.moved(world.pass(PatchMode.APPLY))).isEqualTo(2);
    assertThat(world.replica(0).isReady()).isTrue();
  }

  @Test
  void rotatingAwayFromADisabledVersionIsRefusedUntilItIsUsableAgain() {
    World world = World.rotated(2);
    world.vault.refuse(World.KEY_2, KeyRefused.Reason.DISABLED);
    world.replica(0).configure(World.DROPPED);
    world.time.advance(Duration.ofMinutes(5));

    assertThat(world.replica(0).configuration()).isEqualTo(World.ROTATED);

    world.vault.allow(World.KEY_2);
    world.time.advance(Duration.ofSeconds(10));

    assertThat(world.replica(0).configuration()).isEqualTo(World.DROPPED);
  }

  @Test
  void aServerThatStartsWhileAVersionIsUnusableRunsButIsUnready() {
    World world = new World(ClusterShape.encrypting(World.BEFORE), 3);
    world.vault.refuse(World.KEY_1, KeyRefused.Reason.UNREACHABLE);
    world.cluster.start();

    assertThat(world.replica(0).isAlive()).isTrue();
    assertThat(world.replica(0).isReady()).isFalse();
    assertThat(world.replica(0).sample().statusAt()).isEmpty();
  }
}
