package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.LedgerEntry;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdvanceOperationTest {
  private final World world = new World();

  @BeforeEach
  void fiftySecrets() {
    world.servers.store(50, hash(1));
  }

  @Test
  void messageOfAnEarlierTurn_isDroppedWithoutAction() {
    Operation operation = world.start(Kind.ROTATE);
    world.advance(operation);
    Operation moved = world.read(operation);
    world.log.clear();

    world.deliver(new Message.Advance(CLUSTER, operation.id(), 1));

    assertThat(world.read(operation)).isEqualTo(moved);
    assertThat(world.log).isEmpty();
    assertThat(world.signals).contains("message-dropped earlier-turn");
  }

  @Test
  void sameMessageTwice_actsOnce() {
    Operation operation = world.start(Kind.ROTATE);
    Message message = new Message.Advance(CLUSTER, operation.id(), 1);

    world.deliver(message);
    int sent = world.sent.size();
    world.deliver(message);

    assertThat(world.sent).hasSize(sent);
  }

  @Test
  void twoInstancesTakeTheSameTurnAtOnce_onlyOneActs() {
    Operation operation = world.start(Kind.REENCRYPT);
    world.runUntil(operation, now -> now.progress().checked());
    Operation now = world.read(operation);
    Message message = new Message.Advance(CLUSTER, now.id(), now.progress().turn());
    world.servers.beforeNext("leases", () -> world.deliver(message));

    world.deliver(message);

    assertThat(world.read(operation).progress().turn()).isEqualTo(now.progress().turn() + 1);
    assertThat(world.signals).contains("message-dropped conflict");
  }

  @Test
  void messageForAnUnknownOperation_isDropped() {
    world.deliver(new Message.Advance(CLUSTER, "nobody", 1));

    assertThat(world.signals).containsExactly("message-dropped unknown-operation");
  }

  @Test
  void messageForAnEndedOperation_isDropped() {
    Operation ended = world.run(world.start(Kind.REENCRYPT), Duration.ofHours(1));
    world.log.clear();

    world.deliver(new Message.Advance(CLUSTER, ended.id(), ended.progress().turn()));

    assertThat(world.signals).contains("message-dropped operation-ended");
    assertThat(world.log).isEmpty();
  }

  @Test
  void update_intentAndLedgerAreStoredTogetherBeforeItIsSent() {
    Operation operation = world.start(Kind.ROTATE);

    world.runUntil(operation, Operation::mayHaveUpdated);

    int sent = world.log.indexOf("update sent to v2");
    assertThat(world.log.get(sent - 1)).isEqualTo("stored operation-" + operation.id() + "+ledger");
    assertThat(world.log.subList(0, sent).stream().filter(line -> line.contains("ledger")))
        .isNotEmpty();
    List<LedgerEntry> entries = world.records.ledger(CLUSTER).orElseThrow().value().entries();
    assertThat(entries)
        .anyMatch(entry -> entry.slot() == LedgerEntry.Slot.MAYBE && entry.key().equals(key(2)));
  }

  @Test
  void updateTimesOutButTookEffect_isReadAgainAndNotSentAgain() {
    Operation operation = world.start(Kind.ROTATE);
    world.clusters.updateFaults.add(World.fault(OutsideSystem.ARM, OutsideFault.Kind.TIMED_OUT));
    world.runUntil(operation, Operation::mayHaveUpdated);
    world.clusters.change(CLUSTER, key(2).url(), "Succeeded");
    world.servers.replicas.values().forEach(one -> one.loads(hash(2)));

    Operation ended = world.run(operation, Duration.ofHours(1));

    assertThat(ended.isActive()).isFalse();
    assertThat(world.log.stream().filter("update sent to v2"::equals)).hasSize(1);
    assertThat(world.servers.under(hash(2))).isEqualTo(50);
  }

  @Test
  void updateTimesOutWithoutEffect_isSentAgainAfterAnotherLook() {
    Operation operation = world.start(Kind.ROTATE);
    world.clusters.updateFaults.add(World.fault(OutsideSystem.ARM, OutsideFault.Kind.TIMED_OUT));

    Operation ended = world.run(operation, Duration.ofHours(1));

    assertThat(ended.isActive()).isFalse();
    assertThat(world.log.stream().filter("update sent to v2"::equals)).hasSize(2);
  }

  @Test
  void clusterChangedBetweenProofAndUpdate_isProvedAgainBeforeItIsSent() {
    Operation operation = world.start(Kind.ROTATE);
    world.clusters.updateFaults.add(
        World.fault(OutsideSystem.ARM, OutsideFault.Kind.CHANGED_MEANWHILE));
    world.runUntil(operation, Operation::mayHaveUpdated);
    world.clusters.change(CLUSTER, key(1).url(), "Succeeded");

    Operation ended = world.run(operation, Duration.ofHours(1));

    assertThat(ended.isActive()).isFalse();
    assertThat(
            ended.progress().passes(StepName.PROVE_CURRENT, dev.rekey.reencryption.PassKind.COUNT))
        .isEqualTo(2);
  }

  @Test
  void updateFailsEachTime_stallsAfterFourTries() {
    Operation operation = world.start(Kind.ROTATE);
    for (int time = 0; time < 9; time++) {
      world.clusters.updateFaults.add(World.fault(OutsideSystem.ARM, OutsideFault.Kind.BROKEN));
    }

    Operation stalled = world.run(operation, Duration.ofHours(3));

    assertThat(stalled.progress().pending().reason()).isEqualTo(Reason.UPDATE_KEEPS_FAILING);
    assertThat(world.log.stream().filter("update sent to v2"::equals)).hasSize(4);
  }

  @Test
  void armDoesNotAnswerTheLook_waitsLongerEachTime() {
    Operation operation = world.start(Kind.ROTATE);
    world.sent.clear();
    for (int time = 0; time < 9; time++) {
      world.clusters.readFaults.add(World.fault(OutsideSystem.ARM, OutsideFault.Kind.UNREACHABLE));
    }

    world.runUntil(operation, now -> now.progress().checked());

    assertThat(world.sent.stream().map(sent -> sent.delay().toSeconds()).limit(9))
        .containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
  }

  @Test
  void armNamesAWait_itIsHonoured() {
    Operation operation = world.start(Kind.ROTATE);
    world.sent.clear();
    world.clusters.readFaults.add(
        new OutsideFault(
            OutsideSystem.ARM, OutsideFault.Kind.BUSY, "busy", Duration.ofSeconds(77), null));

    world.advance(operation);

    assertThat(world.sent).singleElement().matches(sent -> sent.delay().toSeconds() == 77);
    Pending pending = world.read(operation).progress().pending();
    assertThat(pending.reason()).isEqualTo(Reason.OUTSIDE_NOT_ANSWERING);
    assertThat(pending.doing()).isEqualTo(Pending.Doing.WAITING);
  }

  /** Otherwise it would be asked again and again without a pause, in trouble as it is. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 4})
  void armNamesNoWaitToSpeakOf_itIsWaitedLongerEachTimeAllTheSame(long seconds) {
    Operation operation = world.start(Kind.ROTATE);
    world.sent.clear();
    OutsideFault busy =
        new OutsideFault(
            OutsideSystem.ARM, OutsideFault.Kind.BUSY, "busy", Duration.ofSeconds(seconds), null);
    world.clusters.readFaults.addAll(List.of(busy, busy, busy));

    for (int turn = 0; turn < 3; turn++) {
      world.advance(world.read(operation));
    }

    assertThat(world.sent)
        .extracting(sent -> sent.delay().toSeconds())
        .containsExactly(5L, 10L, 20L);
  }

  /** Nobody's clock and nobody's mistake may put an operation off for years. */
  @ParameterizedTest
  @ValueSource(longs = {3_601, 31L * 365 * 86_400, Long.MAX_VALUE})
  void armNamesAWaitOfYears_isLookedAtAgainAfterAnHour(long seconds) {
    Operation operation = world.start(Kind.ROTATE);
    world.sent.clear();
    world.clusters.readFaults.add(
        new OutsideFault(
            OutsideSystem.ARM, OutsideFault.Kind.BUSY, "busy", Duration.ofSeconds(seconds), null));

    world.advance(operation);

    assertThat(world.sent).singleElement().matches(sent -> sent.delay().toHours() == 1);
    assertThat(world.read(operation).progress().pending().nextLook())
        .isEqualTo(world.time.instant().plus(Duration.ofHours(1)));
  }

  @Test
  void apiServerHasJustStartedAtTheCheck_operationWaitsAndBegins() {
    Operation operation = world.start(Kind.ROTATE);
    for (int look = 0; look < 3; look++) {
      world.servers.failNext(
          "list", World.fault(OutsideSystem.API_SERVER, OutsideFault.Kind.FORBIDDEN));
    }

    Operation begun = world.runUntil(operation, now -> now.progress().checked());

    assertThat(begun.isActive()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"FORBIDDEN", "UNAUTHENTICATED"})
  void armOrVaultMissesARightAtTheCheck_isTakenAtItsWordAtOnce(OutsideFault.Kind kind) {
    Operation first = world.start(Kind.ROTATE);
    world.clusters.readFaults.add(World.fault(OutsideSystem.ARM, kind));
    world.advance(first);
    Operation second = world.start(Kind.ROTATE);
    world.vault.fault = World.fault(OutsideSystem.VAULT, kind);
    world.advance(second);

    assertThat(world.read(first).progress().ending().reason()).isEqualTo(Reason.ACCESS_DENIED);
    assertThat(world.read(second).progress().ending().reason()).isEqualTo(Reason.ACCESS_DENIED);
  }

  @Test
  void rightIsMissingAtTheCheck_operationIsRefusedAndTheLockGivenUp() {
    Operation operation = world.start(Kind.ROTATE);
    for (int look = 0; look < 4; look++) {
      world.servers.failNext(
          "list", World.fault(OutsideSystem.API_SERVER, OutsideFault.Kind.FORBIDDEN));
    }

    world.run(operation, Duration.ofMinutes(2));

    Ending ending = world.read(operation).progress().ending();
    assertThat(ending.outcome()).isEqualTo(Ending.Outcome.REFUSED);
    assertThat(ending.reason()).isEqualTo(Reason.ACCESS_DENIED);
    assertThat(world.records.active(CLUSTER)).isEmpty();
  }

  @Test
  void rightToPatchIsMissing_showsAtTheCheckAlready() {
    Operation operation = world.start(Kind.ROTATE);
    world.servers.script = secret -> new PatchAnswer.Refused(ExceptionReason.FORBIDDEN, null);

    world.run(operation, Duration.ofMinutes(2));

    Ending ending = world.read(operation).progress().ending();
    assertThat(ending.reason()).isEqualTo(Reason.ACCESS_DENIED);
    assertThat(ending.detail()).contains("verb patch on resource secrets");
  }

  @Test
  void rightIsMissingLater_stallsForAnHourAndKeepsTheLock() {
    Operation operation = world.start(Kind.ROTATE);
    world.runUntil(operation, now -> now.progress().checked());
    for (int look = 0; look < 4; look++) {
      world.servers.failNext(
          "leases", World.fault(OutsideSystem.API_SERVER, OutsideFault.Kind.FORBIDDEN));
    }

    Operation stalled = world.run(operation, Duration.ofMinutes(30));

    assertThat(stalled.progress().pending().doing()).isEqualTo(Pending.Doing.STALLED);
    assertThat(stalled.progress().pending().reason()).isEqualTo(Reason.ACCESS_DENIED);
    assertThat(world.sent.get(world.sent.size() - 1).delay()).isEqualTo(Duration.ofHours(1));
    assertThat(world.records.active(CLUSTER)).isPresent();
    assertThat(world.signals).contains("operation-stalled " + Reason.ACCESS_DENIED.token());
  }

  /** Seen with kube-apiserver 1.36.3: for a second after its start it answers everybody 403. */
  @Test
  void apiServersRestartAgainAndAgainAndKnowNoRightsAtFirst_operationWaitsAndIsProved() {
    Operation operation = world.start(Kind.ROTATE);
    world.runUntil(operation, now -> now.progress().checked());
    for (int restart = 0; restart < 4; restart++) {
      for (OutsideFault.Kind kind :
          List.of(OutsideFault.Kind.UNREACHABLE, OutsideFault.Kind.FORBIDDEN)) {
        world.servers.failNext(
            "leases", new OutsideFault(OutsideSystem.API_SERVER, kind, kind.name()));
      }
    }

    Operation ended = world.run(operation, Duration.ofHours(1));

    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
  }

  /** Seen in a CI run: each process met an API server that had just been killed, and gave up. */
  @Test
  void eachProcessThatTakesItUpMeetsARestart_itWaitsAndIsProved() {
    Operation operation = world.start(Kind.ROTATE);
    world.runUntil(operation, now -> now.progress().checked());
    for (int process = 0; process < 10; process++) {
      world.servers.failNext(
          "leases", World.fault(OutsideSystem.API_SERVER, OutsideFault.Kind.FORBIDDEN));
      new TakeUp(world.ports).alone(world.read(operation));
      world.advance(world.read(operation));
      assertThat(world.read(operation).progress().pending().doing())
          .as("process %d", process)
          .isEqualTo(Pending.Doing.WAITING);
    }

    Operation ended = world.run(operation, Duration.ofHours(1));

    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
  }

  @Test
  void checkFails_operationIsRefusedWithWhatItSaw() {
    Operation operation = world.start(Kind.ROTATE);
    world.versions.remove(1);

    world.advance(operation);

    Ending ending = world.read(operation).progress().ending();
    assertThat(ending.reason()).isEqualTo(Reason.TARGET_NOT_FOUND);
    assertThat(ending.seen()).isNotBlank();
    assertThat(world.records.active(CLUSTER)).isEmpty();
  }
}
