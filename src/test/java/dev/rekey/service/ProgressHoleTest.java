package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.disabled;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyEvent;
import dev.rekey.key.KeyEventType;
import dev.rekey.key.Ledger;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Example;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Samples;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whole runs that never end, or that do what a fresh look would not justify. */
class ProgressHoleTest {
  private final World world = new World();

  /** K4, K7: the check was an hour ago. */
  @Test
  void targetDisabledAfterTheCheck_isNotSentToArm() {
    world.servers.store(50, hash(1));
    Operation operation = world.start(Kind.ROTATE);
    world.runUntil(operation, now -> now.progress().checked());
    world.versions.set(1, disabled(2));

    world.run(operation, Duration.ofHours(3));

    assertThat(world.log).doesNotContain("update sent to v2");
  }

  /** K4: what was fit when the update was sent first may have expired under the rewrite. */
  @Test
  void personMovesTheClusterBackAndTheTargetIsDisabled_itIsNotSentAgain() {
    world.servers.store(50, hash(1));
    Operation operation = world.start(Kind.ROTATE);
    world.runUntil(operation, now -> now.progress().lastPass(StepName.PROVE).isPresent());
    world.clusters.change(CLUSTER, key(1).url(), "Succeeded");
    world.servers.replicas.values().forEach(one -> one.loads(hash(1)));
    world.versions.set(1, disabled(2));

    Operation stalled = world.run(operation, Duration.ofHours(3));

    assertThat(world.log.stream().filter("update sent to v2"::equals)).hasSize(1);
    assertThat(stalled.progress().pending().reason()).isEqualTo(Reason.TARGET_UNFIT);
  }

  @Test
  void personMovesTheClusterBackAndTheTargetIsFit_itIsSentAgain() {
    world.servers.store(50, hash(1));
    Operation operation = world.start(Kind.ROTATE);
    world.runUntil(operation, now -> now.progress().lastPass(StepName.PROVE).isPresent());
    world.clusters.change(CLUSTER, key(1).url(), "Succeeded");
    world.servers.replicas.values().forEach(one -> one.loads(hash(1)));

    Operation ended = world.run(operation, Duration.ofHours(3));

    assertThat(world.log.stream().filter("update sent to v2"::equals)).hasSize(2);
    assertThat(ended.isActive()).as("still at %s", ended.progress().pending()).isFalse();
  }

  /** P1, P5: once ARM names the target, only the API servers are needed. */
  @Test
  void vaultIsAwayOnceTheUpdateHasTakenEffect_secretsAreRewrittenAllTheSame() {
    world.servers.store(50, hash(1));
    Operation operation = world.start(Kind.ROTATE);
    world.runUntil(operation, Operation::mayHaveUpdated);
    world.vault.fault = World.fault(OutsideSystem.VAULT, OutsideFault.Kind.UNREACHABLE);

    Operation ended = world.run(operation, Duration.ofHours(3));

    assertThat(ended.isActive()).as("still at %s", ended.progress().pending()).isFalse();
  }

  @Test
  void personRotatesToTheTargetBeforeOurUpdate_operationGoesOnFromThere() {
    world.servers.store(50, hash(1));
    Operation operation = world.start(Kind.ROTATE);
    world.runUntil(operation, now -> now.progress().lastPass(StepName.PROVE_CURRENT).isPresent());
    world.clusters.change(CLUSTER, key(2).url(), "Succeeded");
    world.servers.replicas.values().forEach(one -> one.loads(hash(2)));

    Operation ended = world.run(operation, Duration.ofHours(12));

    assertThat(ended.isActive()).as("still at %s", ended.progress().pending()).isFalse();
  }

  @Test
  void personMovesToAnotherKeyBeforeOurUpdate_reasonSaysSo() {
    world.servers.store(50, hash(1));
    Operation operation = world.start(Kind.ROTATE);
    world.runUntil(operation, now -> now.progress().lastPass(StepName.PROVE_CURRENT).isPresent());
    world.clusters.change(CLUSTER, key(3).url(), "Succeeded");
    world.servers.replicas.values().forEach(one -> one.loads(hash(3)));

    Operation stalled = world.run(operation, Duration.ofHours(12));

    assertThat(stalled.progress().pending().reason()).isEqualTo(Reason.CLUSTER_ON_ANOTHER_KEY);
  }

  /**
   * ARM forgets an asynchronous operation after some hours; a long rewrite asks for it at every
   * turn.
   */
  @Test
  void armHasForgottenTheFinishedUpdate_operationEndsAllTheSame() {
    world.servers.store(50, hash(1));
    Operation operation = world.start(Kind.ROTATE);
    world.runUntil(operation, now -> now.progress().lastPass(StepName.WRITE).isPresent());
    for (int asked = 0; asked < 500; asked++) {
      world.clusters.progressFaults.add(
          World.fault(OutsideSystem.ARM, OutsideFault.Kind.NOT_FOUND));
    }

    Operation ended = world.run(operation, Duration.ofHours(12));

    assertThat(ended.isActive()).as("still at %s", ended.progress().pending()).isFalse();
  }

  /**
   * A policy that denies every change of a Secret is common; the names must not have to fit into
   * one row.
   */
  @Test
  void thousandsOfSecretsAreDenied_operationEndsAllTheSame() {
    world.servers.store(6000, hash(1));
    world.servers.script =
        secret ->
            secret.name().compareTo("s0100") < 0
                ? null
                : Samples.refused(ExceptionReason.DENIED_BY_POLICY);
    Operation operation = world.start(Kind.REENCRYPT);

    Operation ended = world.run(operation, Duration.ofHours(12));

    assertThat(ended.isActive()).as("still at %s", ended.progress().pending()).isFalse();
  }

  /**
   * P2: the first four shards stand for namespaces that can't be listed, and hold no Secret to
   * probe with.
   */
  @Test
  void fourNamespacesCannotBeListed_othersAreRewrittenAllTheSame() {
    for (int number = 0; number < 4; number++) {
      world.servers.store("bad" + number, "s", hash(1));
    }
    world.servers.store("good", "s", hash(0));
    world.servers.listFault =
        namespace ->
            namespace.startsWith("bad")
                ? World.fault(OutsideSystem.API_SERVER, OutsideFault.Kind.UNDECRYPTABLE)
                : null;
    Operation operation = world.start(Kind.REENCRYPT);
    Operation checked = world.read(operation).with(world.read(operation).progress().withChecked());
    world.records.save(
        world.records.operation(CLUSTER, operation.id()).orElseThrow().with(checked));

    world.run(operation, Duration.ofHours(3));

    assertThat(world.servers.secrets.get("good/s").key).isEqualTo(hash(1));
  }

  /**
   * P2: the look at rights lists everything, and takes one bad Secret for a system that does not
   * answer.
   */
  @Test
  void oneSecretCannotBeDecryptedInAList_operationBeginsAllTheSame() {
    world.servers.store("bad", "s", hash(1));
    world.servers.store("good", "s", hash(1));
    world.servers.listFault =
        namespace ->
            namespace.equals("bad")
                ? World.fault(OutsideSystem.API_SERVER, OutsideFault.Kind.UNDECRYPTABLE)
                : null;

    Operation operation = world.run(world.start(Kind.REENCRYPT), Duration.ofHours(3));

    assertThat(operation.progress().checked()).as("checked").isTrue();
  }

  /** The wait must grow also where it is the effect that meets the fault, not the look. */
  @Test
  void effectMeetsFaultAgainAndAgain_waitsLongerEachTime() {
    world.servers.store(5, hash(1));
    Operation operation = world.start(Kind.REENCRYPT);
    world.runUntil(operation, now -> now.progress().checked());
    for (int time = 0; time < 6; time++) {
      world.servers.failNext(
          "list", World.fault(OutsideSystem.API_SERVER, OutsideFault.Kind.UNREACHABLE));
    }
    world.sent.clear();

    world.runUntil(operation, now -> now.progress().lastPass(StepName.WRITE).isPresent());

    List<Duration> waits =
        world.sent.stream().map(World.Sent::delay).filter(delay -> !delay.isZero()).toList();
    assertThat(waits)
        .startsWith(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));
  }

  /** One cluster's row that can't be read must not keep the timer from the others (T3). */
  @Test
  void oneClustersRecordsCannotBeRead_timerLooksAtTheOthers() {
    ManagedCluster first = named("aaa");
    world.clusters.put(first);
    world.table.real.insert("aaa", "ledger", "{\"schema\":\"rekey.dev/ledger/v9\",\"value\":{}}");
    world.records.begin(CLUSTER, Ledger.firstSeen(NOW.minus(Duration.ofDays(300)), key(1)));

    try {
      new Reconcile(world.ports, Conduct.auto(Cloud.PUBLIC), Map::of).run();
    } catch (RuntimeException tolerated) {
      assertThat(tolerated).isNotNull();
    }

    assertThat(world.records.active(CLUSTER)).isPresent();
  }

  @Test
  void oneClustersRecordsCannotBeRead_eventReachesTheOthers() {
    world.clusters.put(named("aaa"));
    world.table.real.insert("aaa", "ledger", "{\"schema\":\"rekey.dev/ledger/v9\",\"value\":{}}");
    world.records.begin(CLUSTER, Ledger.firstSeen(NOW.minus(Duration.ofDays(300)), key(1)));

    try {
      new ReceiveKeyEvent(world.ports, Conduct.auto(Cloud.PUBLIC))
          .handle(new KeyEvent(KeyEventType.NEW_VERSION_CREATED, key(2), null, null));
    } catch (RuntimeException tolerated) {
      assertThat(tolerated).isNotNull();
    }

    assertThat(world.records.active(CLUSTER)).isPresent();
  }

  /** A start needs no more of the operations before than the last one's id. */
  @Test
  void endedOperationIsOfAnotherRelease_theNextOneBeginsAllTheSame() {
    world.servers.store(5, hash(1));
    Operation ended = world.run(world.start(Kind.CENSUS), Duration.ofHours(1));
    assertThat(ended.isActive()).isFalse();
    world.writeByAnotherRelease(CLUSTER.value(), "operation-" + ended.id());

    Operation next = world.start(Kind.REENCRYPT);

    assertThat(world.records.active(CLUSTER).orElseThrow().value()).isEqualTo(next);
  }

  private static ManagedCluster named(String name) {
    ManagedCluster example = clusterOn(1);
    return new ManagedCluster(
        new ClusterName(name),
        example.resourceId(),
        example.experience(),
        example.kms(),
        example.kubernetesVersion(),
        example.etag(),
        example.provisioningState(),
        example.tags());
  }

  /** ARM shows the URL as someone typed it; the vault ignores case in host and name. */
  @Test
  void keyIdInArmIsSpelledWithCapitals_clusterIsRotatedAllTheSame() {
    world.servers.store(5, hash(1));
    world.clusters.put(
        Example.cluster(
            KmsExperience.VERSIONED_KEY,
            "https://Example.vault.azure.net/keys/Etcd/v1",
            ETAG,
            "Succeeded"));
    world.records.begin(CLUSTER, Ledger.firstSeen(NOW.minus(Duration.ofDays(300)), key(1)));

    new ReceiveKeyEvent(world.ports, Conduct.auto(Cloud.PUBLIC))
        .handle(new KeyEvent(KeyEventType.NEW_VERSION_CREATED, key(2), null, null));

    assertThat(world.signals).doesNotContain("rotation-not-begun current-version-unknown");
    assertThat(world.records.active(CLUSTER)).isPresent();
  }

  /** The ledger's previous slot is advice on what may be disabled: it must be the real one. */
  @Test
  void personRotatedBeforeOurRotation_ledgerNamesTheRealPreviousSlot() {
    world.records.begin(CLUSTER, Ledger.firstSeen(NOW.minus(Duration.ofDays(300)), key(0)));
    world.servers.store(10, hash(1));

    Operation ended = world.run(world.start(Kind.ROTATE), Duration.ofHours(2));

    assertThat(ended.isActive()).isFalse();
    assertThat(world.records.ledger(CLUSTER).orElseThrow().value().previousKey()).contains(key(1));
  }

  /** Remembered as (cluster, target, reason), not begun anew at each run of the timer. */
  @Test
  void rotationRefusedForAMissingRight_isNotBegunAnewByTheNextTimer() {
    world.records.begin(CLUSTER, Ledger.firstSeen(NOW.minus(Duration.ofDays(300)), key(1)));
    world.versions.set(1, version(2));
    for (int time = 0; time < 3; time++) {
      world.servers.failNext(
          "namespaces", World.fault(OutsideSystem.API_SERVER, OutsideFault.Kind.FORBIDDEN));
      new Reconcile(world.ports, Conduct.auto(Cloud.PUBLIC), Map::of).run();
      world
          .records
          .active(CLUSTER)
          .ifPresent(begun -> world.run(begun.value(), Duration.ofHours(1)));
      world.time.pass(Duration.ofMinutes(10));
    }

    assertThat(world.records.operations(CLUSTER)).hasSize(1);
  }
}
