package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.disabled;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyEvent;
import dev.rekey.key.KeyEventType;
import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventAndTimerTest {
  private final World world = new World();
  private final ReceiveKeyEvent events =
      new ReceiveKeyEvent(world.ports, Conduct.auto(Cloud.PUBLIC));
  private final Reconcile timer = new Reconcile(world.ports, Conduct.auto(Cloud.PUBLIC), Map::of);

  @BeforeEach
  void clusterIsKnownForLong() {
    world.records.begin(CLUSTER, Ledger.firstSeen(NOW.minus(Duration.ofDays(300)), key(1)));
    world.servers.store(10, hash(1));
  }

  @Test
  void newVersion_beginsARotationToTheNewestWhateverTheEventNames() {
    world.versions.add(version(3));

    events.handle(event(KeyEventType.NEW_VERSION_CREATED, key(2)));

    Operation begun = world.records.active(CLUSTER).orElseThrow().value();
    assertThat(begun.from()).isEqualTo(key(1));
    assertThat(begun.to()).isEqualTo(key(3));
    assertThat(begun.origin().trigger()).isEqualTo(Origin.Trigger.EVENT);
    assertThat(world.sent).hasSize(1);
  }

  @Test
  void sameEventTwice_beginsOneRotation() {
    events.handle(event(KeyEventType.NEW_VERSION_CREATED, key(2)));
    events.handle(event(KeyEventType.NEW_VERSION_CREATED, key(2)));

    assertThat(world.records.operations(CLUSTER)).hasSize(1);
    assertThat(world.signals).contains("start-declined operation-active");
  }

  @Test
  void eventOfAKeyThatNoClusterUses_beginsNothing() {
    KeyId other = KeyId.parse("https://elsewhere.vault.azure.net/keys/etcd/v2", Cloud.PUBLIC);

    events.handle(event(KeyEventType.NEW_VERSION_CREATED, other));

    assertThat(world.records.active(CLUSTER)).isEmpty();
    assertThat(world.signals).containsExactly("key-event-ignored no-cluster-uses-key");
  }

  @Test
  void eventOfAnotherType_isAHintToLookAllTheSame() {
    events.handle(event(KeyEventType.EXPIRED, key(2)));

    assertThat(world.records.active(CLUSTER).orElseThrow().value().to()).isEqualTo(key(2));
    assertThat(world.signals).contains("key-event-expired look-at-the-key");
  }

  @Test
  void eventIsALie_beginsNothing() {
    world.versions.remove(1);

    events.handle(event(KeyEventType.NEW_VERSION_CREATED, key(2)));

    assertThat(world.records.active(CLUSTER)).isEmpty();
    assertThat(world.signals).containsExactly("rotation-not-begun already-on-newest");
  }

  @Test
  void eventWasLost_timerBeginsTheRotation() {
    timer.run();

    assertThat(world.records.active(CLUSTER).orElseThrow().value().origin().trigger())
        .isEqualTo(Origin.Trigger.TIMER);
  }

  @Test
  void clusterIsSeenForTheFirstTime_versionIsProposedNotApplied() {
    World fresh = new World();

    new Reconcile(fresh.ports, Conduct.auto(Cloud.PUBLIC), Map::of).run();
    new Reconcile(fresh.ports, Conduct.auto(Cloud.PUBLIC), Map::of).run();

    assertThat(fresh.records.active(CLUSTER)).isEmpty();
    assertThat(fresh.records.ledger(CLUSTER)).isPresent();
    assertThat(fresh.signals).contains("rotation-not-begun version-from-before-first-meeting");
  }

  @Test
  void messageOfAnOperationWasLost_timerSendsItAgain() {
    Operation operation = world.start(Kind.ROTATE);
    world.queues.take();
    world.sent.clear();
    world.time.pass(Duration.ofMinutes(5).plusSeconds(1));

    timer.run();

    assertThat(world.sent)
        .containsExactly(
            new World.Sent(new Message.Advance(CLUSTER, operation.id(), 1), Duration.ZERO));
  }

  @Test
  void operationIsNotOverdue_timerLeavesItAlone() {
    world.start(Kind.ROTATE);
    world.sent.clear();
    world.time.pass(Duration.ofMinutes(5));

    timer.run();

    assertThat(world.sent).isEmpty();
  }

  @Test
  void refusedAndNothingChanged_timerDoesNotBeginAgain() {
    world.versions.set(0, disabled(1));
    timer.run();
    Operation refused = world.records.active(CLUSTER).orElseThrow().value();
    world.advance(refused);
    assertThat(world.read(refused).isActive()).isFalse();

    timer.run();

    assertThat(world.records.operations(CLUSTER)).hasSize(1);
    assertThat(world.signals).contains("rotation-not-begun refused-before");
  }

  @Test
  void refusedAndTheReasonHasGone_timerBeginsAgain() {
    world.versions.set(0, disabled(1));
    timer.run();
    world.advance(world.records.active(CLUSTER).orElseThrow().value());
    world.versions.set(0, version(1));

    timer.run();

    assertThat(world.records.operations(CLUSTER)).hasSize(2);
  }

  @Test
  void vaultDoesNotAnswerForACluster_timerSaysSo() {
    OutsideFault fault = World.fault(OutsideSystem.VAULT, OutsideFault.Kind.BUSY);
    world.vault.fault = fault;

    timer.run();

    assertThat(world.signals).contains("cluster-not-looked-at VAULT/BUSY");
  }

  private static KeyEvent event(KeyEventType type, KeyId key) {
    return new KeyEvent(type, key, null, null);
  }
}
