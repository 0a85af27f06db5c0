package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.ORIGIN;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.rotation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.DroppedKey;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.EvidenceOf;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.StepName;
import dev.rekey.operation.step.PlanHash;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Fate;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.Shard;
import dev.rekey.reencryption.Tally;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is checked once more by whoever acts. */
class PromisesTest {
  private static final Ledger SEEN = Ledger.firstSeen(NOW, key(1));
  private static final Ledger PROVED = SEEN.proved(new ProvedOn(key(1), ETAG, NOW, "o"));

  @Test
  void updateFromTheStateThatWasProved_mayBeSent() {
    assertThatCode(() -> update(PROVED, key(1), key(2), ETAG)).doesNotThrowAnyException();
  }

  /** A failed update has moved the cluster, and is made again. */
  @Test
  void updateToWhatArmShowsAlready_mayBeSent() {
    assertThatCode(() -> update(SEEN, key(2), key(2), "another")).doesNotThrowAnyException();
  }

  @Test
  void updateWithoutProofOrFromAnotherState_isK2() {
    broken("K2", () -> update(SEEN, key(1), key(2), ETAG));
    broken("K2", () -> update(PROVED, key(1), key(2), "another"));
    broken("K2", () -> update(PROVED, key(3), key(2), ETAG));
  }

  @Test
  void updateToAnotherVersionThanTheOperations_isK4() {
    broken("K4", () -> update(PROVED, key(1), key(3), ETAG));
  }

  /** The state in ARM has moved since the proof, by the very update that is taken back. */
  @Test
  void wayBackToWhatWasProved_mayBeSentAndNoOther() {
    Ledger left = PROVED.mayBeInSlot(key(2), NOW, "o");

    assertThatCode(() -> back(left, key(2), key(1))).doesNotThrowAnyException();
    broken("K2", () -> back(SEEN.mayBeInSlot(key(2), NOW, "o"), key(2), key(1)));
    broken("K2", () -> back(left.mayBeInSlot(key(3), NOW, "o"), key(2), key(1)));
    broken("K2", () -> back(left, key(3), key(1)));
    broken("K2", () -> back(left.off(NOW, "o"), key(2), key(1)));
  }

  /** The ledger knows of no proof: what was read, and a person's word, stand in for it. */
  @Test
  void kmsV1_isTurnedOffWhenAllWasFoundReadableAndThatIsApproved() {
    Pass count = Passes.of("count", PassKind.TRIAL, KeyIdHash.PLAIN).etag(ETAG).clean();
    Operation counted = migration(Progress.START.with(count));
    Operation approved = approved(counted);
    Operation unread =
        migration(
            Progress.START.with(
                Passes.of("count", PassKind.TRIAL, KeyIdHash.PLAIN)
                    .etag(ETAG)
                    .withException(ExceptionReason.UNDECRYPTABLE)));

    assertThatCode(() -> turnOff(approved, ETAG)).doesNotThrowAnyException();
    broken("K8", () -> turnOff(counted, ETAG));
    broken("K2", () -> turnOff(approved, "another"));
    broken("K2", () -> turnOff(approved(unread), ETAG));
    broken("K2", () -> turnOff(approved(migration(Progress.START)), ETAG));
  }

  private static void turnOff(Operation operation, String etag) {
    Promises.beforeUpdate(
        operation,
        SEEN,
        new Effect.UpdateCluster(operation.before(), KmsSettings.OFF, etag, List.of()));
  }

  private static Operation migration(Progress progress) {
    KmsSettings on = KmsSettings.of(key(1));
    return new Operation(
        "1",
        Kind.MIGRATE_TO_KMS_V2,
        CLUSTER,
        ORIGIN,
        Route.of(on, KmsSettings.OFF, on),
        NOW,
        progress);
  }

  /** What lies under KMS v1 then could be read by nobody afterwards. */
  @Test
  void upgrade_isSentOnlyToWhatWasNamedAndOnAProofThatAllLiesPlainInThatState() {
    KubernetesVersion named = new KubernetesVersion(1, 27, 9);
    Ledger plain = SEEN.proved(new ProvedOn(null, ETAG, NOW, "1"));
    Operation told = secondPhase(named);

    assertThatCode(() -> upgrade(told, plain, named)).doesNotThrowAnyException();
    broken("K8", () -> upgrade(secondPhase(null), plain, named));
    broken("K8", () -> upgrade(told, plain, new KubernetesVersion(1, 27, 3)));
    broken("K8", () -> upgrade(told, SEEN, named));
    broken("K8", () -> upgrade(told, PROVED, named));
    broken("K8", () -> upgrade(told, SEEN.proved(new ProvedOn(null, "another", NOW, "1")), named));
    Operation first = told.with(Progress.START);
    broken("K8", () -> upgrade(first, plain, named));
    KubernetesVersion old = new KubernetesVersion(1, 26, 15);
    broken("K8", () -> upgrade(secondPhase(old), plain, old));
  }

  private static void upgrade(Operation operation, Ledger ledger, KubernetesVersion to) {
    Promises.beforeUpgrade(operation, ledger, new Effect.UpgradeKubernetes(to, ETAG));
  }

  private static Operation secondPhase(@Nullable KubernetesVersion upgradeTo) {
    Operation first = migration(Progress.START);
    Evidence.Phase behind =
        new Evidence.Phase(
            "disable",
            new Evidence.Secrets(0, 0, 0, 0, 0, 0),
            new Evidence.Proof("counters", 0, 0, 0));
    return new Operation(
        first.id(),
        first.kind(),
        first.cluster(),
        first.origin(),
        first.route().upgradingTo(upgradeTo),
        NOW,
        Progress.START.recorded(behind));
  }

  private static Operation approved(Operation operation) {
    Order order =
        new Order(Order.Action.APPROVE, "ana", "checked", NOW, null, PlanHash.of(operation));
    return operation.with(operation.progress().with(order));
  }

  /** Where nothing can be counted, an approval that says so, and no other, lets it be sent. */
  @Test
  void wayToADroppedVersion_isSentOnACountOrAnApprovalThatNamesItsLack() {
    DroppedKey all = new DroppedKey(1, true, DroppedKey.Reach.ALL);
    DroppedKey none = new DroppedKey(1, true, DroppedKey.Reach.NONE);

    broken("K2", () -> bringBack(bringingBack(all), true));
    broken("K4", () -> bringBack(bringingBack(none), false));
    assertThatCode(() -> bringBack(bringingBack(none), true)).doesNotThrowAnyException();
  }

  private static Operation bringingBack(DroppedKey seen) {
    Route route = Route.of(KmsSettings.of(key(2)), KmsSettings.of(key(1)), KmsSettings.of(key(3)));
    Progress progress = Progress.START.with(Progress.START.findings().with(seen));
    return new Operation(
        "1", Kind.RECOVER_DROPPED_KEY, CLUSTER, rotation().origin(), route, NOW, progress);
  }

  private static void bringBack(Operation operation, boolean approved) {
    Order approval =
        new Order(Order.Action.APPROVE, "ana", "read", NOW, null, PlanHash.of(operation));
    Progress progress = operation.progress();
    Promises.beforeUpdate(
        operation.with(approved ? progress.with(approval) : progress),
        SEEN,
        new Effect.UpdateCluster(KmsSettings.of(key(2)), KmsSettings.of(key(1)), ETAG, List.of()));
  }

  @Test
  void rotation_isNeverSentOnTheGroundsOfAReturn() {
    Ledger onTarget = SEEN.current(key(2), NOW, "o").proved(new ProvedOn(key(2), "e", NOW, "o"));

    broken("K2", () -> update(onTarget, key(1), key(2), ETAG));
  }

  @Test
  void shardsThatHoldOtherThanWhatWasListed_areS3() {
    Pass pass = Passes.of("write", PassKind.WRITE, hash(2)).listed();

    assertThatCode(() -> Promises.afterPass(pass, current(10))).doesNotThrowAnyException();
    broken("S3", () -> Promises.afterPass(pass, current(9)));
    broken("S3", () -> Promises.afterPass(pass, current(9).plus(Tally.discovered(1))));
  }

  @Test
  void evidenceThatLeavesSecretsOut_isS2() {
    broken("S2", () -> Promises.beforeEvidence(evidence(new Evidence.Secrets(10, 9, 0, 0, 0, 1))));
  }

  @Test
  void evidenceThatCountsAnExceptionAndNamesNone_isT1() {
    broken("T1", () -> Promises.beforeEvidence(evidence(new Evidence.Secrets(10, 9, 0, 0, 1, 0))));
  }

  @Test
  void evidenceOfACleanRewrite_keepsBoth() {
    Evidence clean = evidence(new Evidence.Secrets(10, 10, 0, 0, 0, 0));

    assertThatCode(() -> Promises.beforeEvidence(clean)).doesNotThrowAnyException();
  }

  @Test
  void proofThatServesOneRotationAlone_isK2ForAnother() {
    Ledger orUnder = SEEN.proved(new ProvedOn(hash(1), key(1), ETAG, NOW, "o", hash(3)));

    broken("K2", () -> update(orUnder, key(1), key(2), ETAG));
  }

  /** Another instance has gone on with it while this one stood still. */
  @Test
  void operationThatHasMovedOn_isNotStopped() {
    World world = new World();
    Operation operation = world.start(Kind.ROTATE);
    Operation intended = operation.with(operation.progress().nextTurn());

    new StopOperation(world.ports).stop(intended, new BrokenPromise("K2", "a test"));

    assertThat(world.read(operation)).isEqualTo(operation);
    assertThat(world.signals).containsExactly("message-dropped conflict");
  }

  @Test
  void operationInHand_stallsWithAnAlert() {
    World world = new World();
    Operation operation = world.start(Kind.ROTATE);

    new StopOperation(world.ports).stop(operation, new BrokenPromise("K2", "a test"));

    assertThat(world.read(operation).progress().pending().reason())
        .isEqualTo(Reason.PROMISE_BROKEN);
    assertThat(world.signals).containsExactly("promise-broken K2");
  }

  /** P1: what is wrong with the shards of one round is not wrong with those of the next. */
  @Test
  void shardLostASecret_anHourLaterTheRoundIsBegunAnewAndTheOperationEnds() {
    World world = new World();
    world.servers.store(20, hash(1));
    Operation operation = world.start(Kind.REENCRYPT);
    forgetASecret(world, operation);

    Operation stalled = world.run(operation, Duration.ofMinutes(50));
    Operation ended = world.runUntil(operation, now -> !now.isActive());

    assertThat(stalled.progress().pending().reason()).isEqualTo(Reason.PROMISE_BROKEN);
    assertThat(world.signals.stream().filter("promise-broken S3"::equals)).hasSize(1);
    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(ended.progress().lastPass(StepName.WRITE).orElseThrow().tally().discovered())
        .isEqualTo(20);
    assertThat(world.time.instant()).isAfter(NOW.plus(Duration.ofHours(1)));
  }

  /** A worker that is late wakes the operation; that is no reason to go on. */
  @Test
  void shardsMessageComesAfterTheStop_theOperationStaysStoppedForItsHour() {
    World world = new World();
    world.servers.store(20, hash(1));
    Operation operation = world.start(Kind.REENCRYPT);
    String pass = forgetASecret(world, operation);
    world.run(operation, Duration.ofMinutes(30));

    world.deliver(new Message.WorkShard(CLUSTER, operation.id(), pass, 0));
    Operation stalled = world.run(operation, Duration.ofMinutes(10));
    world.advance(operation);

    assertThat(world.read(operation).progress().lastPass(StepName.WRITE).orElseThrow().id())
        .isEqualTo(pass);
    assertThat(stalled.progress().pending().doing()).isEqualTo(Pending.Doing.STALLED);
    assertThat(world.read(operation).progress().pending().reason())
        .isEqualTo(Reason.PROMISE_BROKEN);
  }

  /** Whoever types the command again every half an hour would put it off for ever. */
  @Test
  void stoppedOperationIsLookedAtBeforeItsTime_theNextLookIsNotPutOff() {
    World world = new World();
    world.servers.store(20, hash(1));
    Operation operation = world.start(Kind.REENCRYPT);
    forgetASecret(world, operation);
    world.run(operation, Duration.ofMinutes(1));
    Instant next = world.read(operation).progress().pending().nextLook();

    for (int look = 0; look < 2; look++) {
      world.time.pass(Duration.ofMinutes(25));
      world.advance(world.read(operation));
    }

    assertThat(world.read(operation).progress().pending().nextLook()).isEqualTo(next);
    assertThat(world.sent.get(world.sent.size() - 1).delay()).isLessThan(Duration.ofMinutes(11));
  }

  @Test
  void personAsksToRetryAfterTheStop_theRoundIsBegunAnewAtOnce() {
    World world = new World();
    world.servers.store(20, hash(1));
    Operation operation = world.start(Kind.REENCRYPT);
    forgetASecret(world, operation);
    world.run(operation, Duration.ofMinutes(30));
    world.time.pass(Duration.ofMinutes(1));
    Origin person = new Origin(Origin.Trigger.HTTP, "somebody", "test");

    new RetryExceptions(world.ports).retry(CLUSTER, person);
    Operation ended = world.runUntil(operation, now -> !now.isActive());

    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.time.instant()).isBefore(NOW.plus(Duration.ofMinutes(40)));
  }

  /** The last shard of the write pass ends with one Secret fewer than it was given. */
  private static String forgetASecret(World world, Operation operation) {
    Predicate<Operation> allDone =
        now ->
            now.progress()
                .runningPass()
                .flatMap(pass -> world.records.shard(CLUSTER, now.id(), pass.id(), 0))
                .filter(shard -> shard.value().isDone())
                .isPresent();
    String pass = world.runUntil(operation, allDone).progress().runningPass().orElseThrow().id();
    Stored<Shard> shard = world.records.shard(CLUSTER, operation.id(), pass, 0).orElseThrow();
    Tally all = shard.value().tally();
    Tally fewer =
        new Tally(all.discovered() - 1, all.rewritten() - 1, all.current(), 0, 0, all.looks(), 0);
    Shard forgetful = shard.value().worked(List.of(), fewer, List.of());
    world.records.saveShard(CLUSTER, operation.id(), pass, shard.with(forgetful));
    return pass;
  }

  private static void update(Ledger ledger, KeyId from, KeyId to, String etag) {
    Promises.beforeUpdate(
        rotation(),
        ledger,
        new Effect.UpdateCluster(KmsSettings.of(from), KmsSettings.of(to), etag, List.of()));
  }

  private static void back(Ledger ledger, KeyId from, KeyId to) {
    Operation rotation = rotation();
    Operation back =
        new Operation(
            rotation.id(),
            Kind.RETURN,
            rotation.cluster(),
            rotation.origin(),
            Route.of(key(2), key(1)),
            NOW,
            rotation.progress());
    Promises.beforeUpdate(
        back,
        ledger,
        new Effect.UpdateCluster(KmsSettings.of(from), KmsSettings.of(to), "another", List.of()));
  }

  private static Tally current(int count) {
    Tally tally = Tally.discovered(count);
    for (int number = 0; number < count; number++) {
      tally = tally.plus(Fate.CURRENT, 1);
    }
    return tally;
  }

  private static Evidence evidence(Evidence.Secrets secrets) {
    Operation proved =
        rotation(
            Passes.of("write", PassKind.WRITE, hash(2)).clean(),
            Passes.of("prove", PassKind.PROOF, hash(2)).clean());
    Evidence evidence = EvidenceOf.of(proved, PROVED, null, null, NOW, List.of());
    return new Evidence(
        evidence.schema(),
        evidence.previousHash(),
        evidence.operation(),
        evidence.key(),
        evidence.securityProfile(),
        evidence.convergence(),
        secrets,
        evidence.proof(),
        evidence.census(),
        evidence.estimate(),
        evidence.exceptions(),
        evidence.exceptionReasons(),
        evidence.concerns(),
        evidence.broughtBack(),
        evidence.foundReadable(),
        evidence.keysInUse(),
        evidence.steps(),
        evidence.phases(),
        evidence.verdict());
  }

  private static void broken(String promise, ThrowingCallable action) {
    assertThatExceptionOfType(BrokenPromise.class)
        .isThrownBy(action)
        .matches(thrown -> thrown.promise().equals(promise))
        .withMessageStartingWith(promise + ": ");
  }
}
