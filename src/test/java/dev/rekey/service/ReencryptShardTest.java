package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.reencryption.BusyCause;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Shard;
import dev.rekey.reencryption.Tally;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReencryptShardTest {
  private final World world = new World();
  private Operation operation;
  private Message.WorkShard message;

  @BeforeEach
  void writePassWithOneShardAtWork() {
    world.servers.store(50, hash(0));
    operation =
        world.runUntil(
            world.start(Kind.REENCRYPT), now -> now.progress().runningPass().isPresent());
    Pass pass = operation.progress().runningPass().orElseThrow();
    message = new Message.WorkShard(CLUSTER, operation.id(), pass.id(), 0);
    world.advance(operation);
    world.sent.clear();
    world.servers.patched.clear(); // the probes that showed the write keys
  }

  @Test
  void shardIsDone_operationIsWoken() {
    world.deliver(message);

    assertThat(shard().isDone()).isTrue();
    assertThat(world.sent)
        .containsExactly(
            new World.Sent(
                new Message.Advance(
                    CLUSTER, operation.id(), world.read(operation).progress().turn()),
                Duration.ZERO));
  }

  @Test
  void sameMessageAgain_wakesAndPatchesNothing() {
    world.deliver(message);
    world.servers.patched.clear();

    world.deliver(message);

    assertThat(world.servers.patched).isEmpty();
    assertThat(world.sent).hasSize(2);
  }

  /** Messages may come hours late; until then the cluster may be somebody else's matter. */
  @Test
  void operationHasStalledOnAnothersChange_aLateShardWritesNothingUntilItGoesOn() {
    world.clusters.change(CLUSTER, key(3).url(), "Succeeded");
    world.advance(operation);
    assertThat(world.read(operation).progress().pending().reason())
        .isEqualTo(Reason.CLUSTER_ON_ANOTHER_KEY);

    world.deliver(message);

    assertThat(world.servers.patched).isEmpty();

    world.clusters.change(CLUSTER, key(1).url(), "Succeeded");
    world.runUntil(operation, now -> !now.isActive());

    assertThat(world.read(operation).progress().ending().outcome())
        .isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.servers.under(hash(1))).isEqualTo(50);
  }

  @Test
  void somebodysOwnUpdateIsUnderWay_aLateShardWritesNothingUntilItHasSettled() {
    world.clusters.change(CLUSTER, key(1).url(), "Updating");
    world.advance(operation);
    assertThat(world.read(operation).progress().pending().reason()).isEqualTo(Reason.CLUSTER_BUSY);

    world.deliver(message);

    assertThat(world.servers.patched).isEmpty();
    assertThat(world.signals).contains("message-dropped operation-stands-still");
    assertGoesOnOnceArmHasSettled();
  }

  /** The operation has not looked since: its word is older than what somebody else has done. */
  @Test
  void messageComesLateAndSomebodyHasChangedTheCluster_armIsAskedAndNothingIsWritten() {
    world.clusters.change(CLUSTER, key(1).url(), "Updating");
    world.time.pass(Duration.ofSeconds(11));

    world.deliver(message);

    assertThat(world.servers.patched).isEmpty();
    assertGoesOnOnceArmHasSettled();
  }

  @Test
  void messageComesLateAndTheClusterIsOnAnotherKey_nothingIsWritten() {
    world.clusters.change(CLUSTER, key(3).url(), "Succeeded");
    world.time.pass(Duration.ofSeconds(11));

    world.deliver(message);

    assertThat(world.servers.patched).isEmpty();
    assertGoesOnOnceArmHasSettled();
  }

  @Test
  void messageComesLateAndArmGivesNoAnswer_nothingIsWrittenAndItIsToldOf() {
    world.time.pass(Duration.ofSeconds(11));
    world.clusters.readFaults.add(World.fault(OutsideSystem.ARM, OutsideFault.Kind.UNREACHABLE));

    world.deliver(message);

    assertThat(world.servers.patched).isEmpty();
    assertThat(world.signals).anyMatch(signal -> signal.startsWith("outside-fault"));
    assertGoesOnOnceArmHasSettled();
  }

  @Test
  void messageComesLateAndNothingHasChanged_itsShardIsDone() {
    world.time.pass(Duration.ofHours(2));

    world.deliver(message);

    assertThat(shard().isDone()).isTrue();
  }

  /** A hundred shards lead to no call of ARM beside the operation's own. */
  @Test
  void messageComesAtOnce_armIsNotAsked() {
    world.clusters.readFaults.add(World.fault(OutsideSystem.ARM, OutsideFault.Kind.UNREACHABLE));
    world.time.pass(Duration.ofSeconds(9));

    world.deliver(message);

    assertThat(world.clusters.readFaults).hasSize(1);
    assertThat(shard().isDone()).isTrue();
  }

  @Test
  void lastLookMetNoAnswer_shardWaitsForTheNext() {
    world.clusters.readFaults.add(World.fault(OutsideSystem.ARM, OutsideFault.Kind.UNREACHABLE));
    world.advance(operation);

    world.deliver(message);

    assertThat(world.servers.patched).isEmpty();
    assertGoesOnOnceArmHasSettled();
  }

  /** A worker is at work for minutes, longer than an update takes to reach the API servers. */
  @Test
  void somebodysUpdateBeginsWhileAWorkerIsAtWork_itStopsAndTheRestWaits() {
    world.servers.script =
        secret -> {
          world.time.pass(Duration.ofSeconds(3));
          if (world.servers.patched.size() == 6) {
            world.clusters.change(CLUSTER, key(1).url(), "Updating");
            world.advance(operation);
          }
          return null;
        };

    world.deliver(message);

    assertThat(shard().isDone()).isFalse();
    assertThat(shard().tally().rewritten()).isLessThan(25);
    assertThat(world.sent).contains(new World.Sent(message, Duration.ofSeconds(15)));
    world.servers.script = secret -> null;
    assertGoesOnOnceArmHasSettled();
  }

  private void assertGoesOnOnceArmHasSettled() {
    world.clusters.change(CLUSTER, key(1).url(), "Succeeded");
    world.runUntil(operation, now -> !now.isActive());
    assertThat(world.read(operation).progress().ending().outcome())
        .isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.servers.under(hash(1))).isEqualTo(50);
  }

  @Test
  void sameMessageAtOnceInTwoInstances_oneWorksAndTheOtherLooksAgainLater() {
    boolean[] delivered = {false};
    world.servers.script =
        secret -> {
          if (!delivered[0]) {
            delivered[0] = true;
            world.deliver(message);
          }
          return null;
        };

    world.deliver(message);

    assertThat(shard().tally().discovered()).isEqualTo(50);
    assertThat(shard().tally().remaining()).isZero();
    assertThat(world.servers.patched).hasSize(50);
    assertThat(world.signals).contains("message-delayed shard-at-work");
    assertThat(world.sent).contains(new World.Sent(message, Duration.ofMinutes(6)));
  }

  @Test
  void workerWasKilled_anotherTakesTheShardUpOnceItsTimeIsOver() {
    world.records.markShard(
        CLUSTER,
        operation.id(),
        message.passId(),
        world
            .records
            .shard(CLUSTER, operation.id(), message.passId(), 0)
            .map(stored -> stored.with(stored.value().held(world.time.instant().plusSeconds(60))))
            .orElseThrow());
    world.deliver(message);
    assertThat(world.servers.patched).isEmpty();

    world.time.pass(Duration.ofSeconds(61));
    world.deliver(message);

    assertThat(shard().isDone()).isTrue();
  }

  @Test
  void passHasEnded_messageIsDropped() {
    world.run(operation, Duration.ofHours(1));
    world.servers.patched.clear();

    world.deliver(message);

    assertThat(world.servers.patched).isEmpty();
    assertThat(world.signals).contains("message-dropped earlier-pass");
  }

  @Test
  void unknownShard_isDropped() {
    world.deliver(new Message.WorkShard(CLUSTER, operation.id(), message.passId(), 77));

    assertThat(world.signals).contains("message-dropped unknown-shard");
  }

  @Test
  void noConnection_nothingIsCountedAndItIsTriedAgainLater() {
    world.servers.failNext(
        "lane", World.fault(OutsideSystem.API_SERVER, OutsideFault.Kind.UNREACHABLE));

    world.deliver(message);

    assertThat(shard().tally()).isEqualTo(Tally.discovered(50));
    assertThat(world.sent).containsExactly(new World.Sent(message, Duration.ofSeconds(15)));
  }

  @Test
  void serverIsAway_shardIsSuspendedAndHandedOnWhole() {
    world.servers.script = secret -> Samples.busy(BusyCause.CONNECTION_LOST);
    world.servers.failNext(
        "leases", World.fault(OutsideSystem.API_SERVER, OutsideFault.Kind.UNREACHABLE));

    world.deliver(message);

    assertThat(shard().tally()).isEqualTo(Tally.discovered(50));
    assertThat(shard().remaining()).hasSize(50);
    assertThat(world.sent).containsExactly(new World.Sent(message, Duration.ofSeconds(15)));
  }

  private Shard shard() {
    return world.records.shard(CLUSTER, operation.id(), message.passId(), 0).orElseThrow().value();
  }
}
