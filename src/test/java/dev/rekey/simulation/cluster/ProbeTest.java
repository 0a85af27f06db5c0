package dev.rekey.simulation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.Probe;
import dev.rekey.service.port.OutsideFault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProbeTest {

  @Test
  void aProbeAsksOneServerOnlyAndItsReadsOfTheTargetGrowByTheLooks() {
    World world = World.rotated(5);
    world.pass(PatchMode.APPLY);

    Probe probe = world.servers.probe(world.refs());

    assertThat(probe.after().replica()).isEqualTo(probe.before().replica());
    assertThat(probe.looks()).hasSize(5).noneMatch(World::moved);
    assertThat(
            probe.after().reads().get(World.hash(World.KEY_2))
                - probe.before().reads().get(World.hash(World.KEY_2)))
        .isEqualTo(5);
  }

  @Test
  void withoutAnyServerNothingIsReachable() {
    World world = World.rotated(1);
    world.cluster.replicas().forEach(replica -> replica.kill());

    assertThat(
            catchThrowableOfType(OutsideFault.class, () -> world.servers.probe(world.refs()))
                .kind())
        .isEqualTo(OutsideFault.Kind.UNREACHABLE);
  }

  @Test
  void aServerThatRestartsWhileTheProbeRunsBreaksItsConnection() {
    World world = World.rotated(5);
    world.time.after(
        Duration.ofMillis(5), () -> world.cluster.replicas().forEach(replica -> replica.restart()));

    assertThat(
            catchThrowableOfType(OutsideFault.class, () -> world.servers.probe(world.refs()))
                .kind())
        .isEqualTo(OutsideFault.Kind.UNREACHABLE);
  }
}
