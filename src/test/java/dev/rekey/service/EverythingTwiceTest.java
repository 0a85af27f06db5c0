package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.expiring;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyEvent;
import dev.rekey.key.KeyEventType;
import dev.rekey.key.Ledger;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pacing;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.OutsideFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every event and every message comes twice, in an order that a seed mixes, the second one up to
 * long after the end.
 */
class EverythingTwiceTest {
  private static final int SECRETS = 60;

  private final World world = new World(new Limits(8, Pacing.FIXED, 3, 10, Duration.ofMinutes(4)));
  private final List<Runnable> open = new ArrayList<>();
  private final List<KeyEvent> events = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void mixedAndDoubled_oneVersionOneUpdateOneRecordOfEvidence(long seed) {
    aVersionIsAboutToExpire();
    Random random = new Random(seed);
    Conduct conduct = Conduct.auto(Cloud.PUBLIC);
    ReceiveKeyEvent receive = new ReceiveKeyEvent(world.ports, conduct);
    events.add(new KeyEvent(KeyEventType.NEAR_EXPIRY, key(1), null, null));

    for (int round = 0; round < 20_000 && somethingLeft(); round++) {
      takeIn(receive);
      if (open.isEmpty()) {
        world.time.passUntil(world.queues.nextDue().orElseThrow());
      } else {
        deliver(open.remove(random.nextInt(open.size())));
      }
    }
    new Reconcile(world.ports, conduct, Map::of).run();

    List<Operation> operations = world.records.operations(CLUSTER);
    assertThat(operations).hasSize(1);
    assertThat(operations.get(0).isActive()).isFalse();
    assertThat(world.records.evidence(CLUSTER, operations.get(0).id())).isPresent();
    assertThat(world.vault.rotations).isEqualTo(1);
    assertThat(world.log).filteredOn(line -> line.startsWith("update sent")).hasSize(1);
    assertThat(world.servers.under(hash(2))).isEqualTo(SECRETS);
    assertThat(world.records.ledger(CLUSTER).orElseThrow().value().proved().key())
        .isEqualTo(key(2));
  }

  private void aVersionIsAboutToExpire() {
    world.records.begin(CLUSTER, Ledger.firstSeen(NOW.minus(Duration.ofDays(300)), key(1)));
    world.servers.store(SECRETS, hash(1));
    world.versions.clear();
    world.versions.add(expiring(1, NOW.plus(Duration.ofDays(10))));
    world.vault.onRotate =
        () -> {
          events.add(new KeyEvent(KeyEventType.NEW_VERSION_CREATED, key(2), null, null));
          return version(2);
        };
  }

  private boolean somethingLeft() {
    return !open.isEmpty() || !events.isEmpty() || world.queues.nextDue().isPresent();
  }

  /** What is due now lies open for delivery, twice. */
  private void takeIn(ReceiveKeyEvent receive) {
    for (KeyEvent event : events) {
      open.add(() -> receive.handle(event));
      open.add(() -> receive.handle(event));
    }
    events.clear();
    world.queues.take().ifPresent(this::twice);
  }

  private void twice(Message message) {
    open.add(() -> world.deliver(message));
    open.add(() -> world.deliver(message));
  }

  /** A call that fails comes back, as a queue brings it back. */
  private void deliver(Runnable call) {
    try {
      call.run();
    } catch (Conflict | OutsideFault failed) {
      open.add(call);
    }
  }
}
