package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A whole rotation on doubles. */
class RotationTest {
  private final World world = new World();

  @Test
  void clusterInOrder_isRotatedAndProved() {
    world.servers.store(250, hash(1));

    Operation ended = world.run(world.start(Kind.ROTATE), Duration.ofHours(1));

    assertThat(ended.isActive()).isFalse();
    assertThat(world.servers.under(hash(2))).isEqualTo(250);
    assertThat(world.records.ledger(CLUSTER).orElseThrow().value().proved().key())
        .isEqualTo(key(2));
  }
}
