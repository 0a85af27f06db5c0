package dev.rekey.simulation.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.reencryption.BusyCause;
import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.service.port.PatchLane;
import dev.rekey.simulation.cluster.replica.ReplicaSettings;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SimulatedPatchLaneTest {

  @Test
  void submittingReturnsAtOnceAndTakingWaitsForTheFirstAnswer() {
    World world = World.rotated(2);
    Instant start = world.time.instant();
    PatchLane lane = world.servers.openLane(PatchMode.APPLY);

    lane.submit(world.refs().get(0));
    assertThat(world.time.instant()).isEqualTo(start);

    Look look = lane.take(start.plusSeconds(60));
    assertThat(World.moved(look)).isTrue();
    assertThat(look.took()).isBetween(Duration.ofMillis(1), Duration.ofMillis(10));
    assertThat(world.time.instant()).isEqualTo(start.plus(look.took()));
  }

  @Test
  void withNothingInFlightTakingIsAPlainWait() {
    World world = World.rotated(0);
    Instant until = world.time.instant().plusSeconds(90);

    assertThat(world.servers.openLane(PatchMode.APPLY).take(until)).isNull();
    assertThat(world.time.instant()).isEqualTo(until);
  }

  @Test
  void moreInFlightIsFasterUntilTheWorkersAreBusyAndThenOnlySlowsEachAnswer() {
    Duration one = perPatch(1);
    Duration eight = perPatch(8);
    Duration many = perPatch(64);

    assertThat(eight).isLessThan(one.dividedBy(2));
    assertThat(many).isBetween(eight.dividedBy(2), eight.multipliedBy(2));
  }

  @Test
  void aServerWithALimitAnswers429AndSaysWhenToComeBack() {
    World world =
        new World(
            ClusterShape.encrypting(World.ROTATED)
                .withReplicas(1)
                .with(ReplicaSettings.measured().withMaxInFlight(4)),
            1);
    world.cluster.seed(SecretBatch.of(10, 1), World.BEFORE).start();

    assertThat(world.pass(PatchMode.APPLY))
        .extracting(Look::answer)
        .filteredOn(new PatchAnswer.Busy(BusyCause.THROTTLED, Duration.ofSeconds(1))::equals)
        .hasSize(6);
    assertThat(world.cluster.oracle().under(World.KEY_2)).isEqualTo(4);
  }

  @Test
  void aServerThatDiesTakesAllAnswersInFlightWithIt() {
    World world =
        new World(ClusterShape.encrypting(World.ROTATED).with(LaneSpread.ONE_CONNECTION), 1);
    world.cluster.seed(SecretBatch.of(10, 1), World.BEFORE).start();
    PatchLane lane = world.servers.openLane(PatchMode.APPLY);
    world.refs().forEach(lane::submit);

    world.cluster.replicas().forEach(replica -> replica.restart());

    for (int index = 0; index < 10; index++) {
      assertThat(lane.take(world.time.instant().plusSeconds(9)).answer())
          .isEqualTo(new PatchAnswer.Busy(BusyCause.CONNECTION_LOST, null));
    }
    assertThat(world.cluster.oracle().under(World.KEY_1)).isEqualTo(10);
  }

  @Test
  void oneConnectionStaysAtOneServerWhileManySpread() {
    assertThat(serversThatWrote(LaneSpread.ONE_CONNECTION)).isEqualTo(1);
    assertThat(serversThatWrote(LaneSpread.EACH_REQUEST)).isEqualTo(2);
  }

  @Test
  void closingLosesTheAnswersButNotTheEffects() {
    World world = World.rotated(5);
    PatchLane lane = world.servers.openLane(PatchMode.APPLY);
    world.refs().forEach(lane::submit);

    lane.close();
    world.time.advance(Duration.ofSeconds(1));

    assertThat(lane.take(world.time.instant())).isNull();
    assertThat(world.cluster.oracle().under(World.KEY_2)).isEqualTo(5);
    assertThat(world.replica(0).load().inFlight()).isZero();
  }

  @Test
  void withoutAnyServerTheConnectionIsLost() {
    World world = World.rotated(1);
    world.cluster.replicas().forEach(replica -> replica.kill());
    PatchLane lane = world.servers.openLane(PatchMode.APPLY);

    lane.submit(world.refs().get(0));

    assertThat(lane.take(world.time.instant()).answer())
        .isEqualTo(new PatchAnswer.Busy(BusyCause.CONNECTION_LOST, null));
  }

  private static long serversThatWrote(LaneSpread spread) {
    World world = new World(ClusterShape.encrypting(World.ROTATED).with(spread), 1);
    world.cluster.seed(SecretBatch.of(20, 1), World.BEFORE).start();
    world.pass(PatchMode.APPLY);
    return world.cluster.replicas().stream()
        .filter(replica -> !replica.sample().writes().isEmpty())
        .count();
  }

  private static Duration perPatch(int inFlight) {
    World world = new World(ClusterShape.encrypting(World.ROTATED).withReplicas(1), 1);
    world.cluster.seed(SecretBatch.of(256, 4), World.BEFORE).start();
    PatchLane lane = world.servers.openLane(PatchMode.APPLY);
    Instant start = world.time.instant();
    int sent = 0;
    for (int answered = 0; answered < 256; answered++) {
      while (sent < Math.min(256, answered + inFlight)) {
        lane.submit(world.refs().get(sent++));
      }
      assertThat(lane.take(start.plusSeconds(600))).isNotNull();
    }
    return Duration.between(start, world.time.instant()).dividedBy(256);
  }
}
