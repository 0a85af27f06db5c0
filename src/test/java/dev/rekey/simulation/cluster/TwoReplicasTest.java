package dev.rekey.simulation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.ReplicaLease;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.cluster.etcd.SecretKey;
import dev.rekey.simulation.cluster.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Every API server has a configuration, caches and counters of its own. */
class TwoReplicasTest {
  private static final EncryptionConfiguration READS_NEW_WRITES_OLD =
      EncryptionConfiguration.encrypted(World.KEY_1, World.KEY_2);

  @Test
  void aLaggingReplicaMovesSecretsBackAndThenCallsThemUnchanged() {
    World world = World.rotated(5);
    world.replica(1).stage(READS_NEW_WRITES_OLD);
    world.replica(1).reload();

    world.refs().forEach(secret -> world.patchAt(0, secret));
    assertThat(world.cluster.oracle().under(World.KEY_2)).isEqualTo(5);

    world.refs().forEach(secret -> world.patchAt(1, secret));
    assertThat(world.cluster.oracle().under(World.KEY_1)).isEqualTo(5);

    SecretRef first = world.refs().get(0);
    assertThat(world.patchAt(1, first)).isEqualTo(new PatchAnswer.Patched(first.resourceVersion()));
  }

  @Test
  void aReplicaWithoutTheNewKeyLosesItsListsOnceAnotherHasRewritten() throws Refusal {
    World world = World.rotated(5);
    world.replica(1).stage(World.BEFORE);
    world.replica(1).reload();
    assertThat(world.replica(1).lists().list(SecretKey.ROOT, 0, null).items()).hasSize(5);

    world.patchAt(0, world.refs().get(0));

    assertThatThrownBy(() -> world.replica(1).lists().list(SecretKey.ROOT, 0, null))
        .hasMessageStartingWith("storage is (re)initializing");
    assertThatThrownBy(() -> world.replica(1).lists().list(SecretKey.ROOT, 500, null))
        .hasMessageContaining("no matching prefix found");
    assertThat(world.replica(1).isReady()).as("readyz doesn't show it").isTrue();
  }

  @Test
  void aConfigurationIsNoticedWithinAMinuteByEachReplicaAtATimeOfItsOwn() {
    World world = World.rotated(0);
    Instant start = world.time.instant();
    world.cluster.replicas().forEach(replica -> replica.configure(World.DROPPED));
    assertThat(world.replica(0).configuration()).isEqualTo(World.ROTATED);

    world.time.advance(Duration.ofMinutes(1));

    assertThat(world.replica(0).configuration()).isEqualTo(World.DROPPED);
    assertThat(world.replica(1).configuration()).isEqualTo(World.DROPPED);
    Instant first = world.replica(0).sample().statusAt().get(World.hash(World.KEY_3));
    Instant second = world.replica(1).sample().statusAt().get(World.hash(World.KEY_3));
    assertThat(first).isAfter(start).isNotEqualTo(second);
  }

  @Test
  void aStagedConfigurationTakesEffectAtTheNextStart() {
    World world = World.rotated(0);
    world.replica(0).stage(World.DROPPED);
    world.time.advance(Duration.ofHours(1));
    assertThat(world.replica(0).configuration()).isEqualTo(World.ROTATED);

    world.replica(0).restart();

    assertThat(world.replica(0).configuration()).isEqualTo(World.DROPPED);
    assertThat(world.replica(0).sample().configurationHash()).isEqualTo(World.DROPPED.hash());
  }

  @Test
  void aDeadReplicasLeaseStaysForAnHourButIsNotRenewed() {
    World world = World.rotated(0);
    world.replica(1).kill();
    Instant death = world.time.instant();
    world.time.advance(Duration.ofMinutes(30));

    assertThat(world.servers.leases())
        .extracting(ReplicaLease::replica, ReplicaLease::renewedAt)
        .hasSize(2)
        .contains(tuple(world.replica(1).lease().idHash(), death));
    assertThat(world.servers.leases())
        .anySatisfy(
            lease -> assertThat(lease.renewedAt()).isAfter(world.time.instant().minusSeconds(11)));

    world.time.advance(Duration.ofMinutes(31));

    assertThat(world.servers.leases()).hasSize(1);
  }

  @Test
  void freshConnectionsReachEveryReplicaInTurn() {
    World world =
        new World(
            ClusterShape.encrypting(World.BEFORE).withReplicas(3).with(LoadBalancer.Choice.IN_TURN),
            1);
    world.cluster.start();

    assertThat(world.servers.sample().replica()).isEqualTo(world.replica(0).lease().idHash());
    assertThat(world.servers.sample().replica()).isEqualTo(world.replica(1).lease().idHash());
    assertThat(world.servers.sample().replica()).isEqualTo(world.replica(2).lease().idHash());
  }
}
