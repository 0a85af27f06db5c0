package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pacing;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whole runs in which a Secret is lost, or may be, while the evidence says that all is proved. */
class ProofHoleTest {
  private final World world = new World(new Limits(8, Pacing.FIXED, 2, 150, Duration.ofMinutes(4)));

  /**
   * K2: replica b has not yet loaded version 1 when the census lists; what it creates then is on no
   * list.
   */
  @Test
  void secretCreatedThroughLaggingReplicaAfterTheList_isNotUnderTheDroppedKeyWhenTheUpdateIsSent() {
    world.servers.store(20, hash(1));
    FakeReplica lagging = world.servers.replicas.get("b");
    lagging.polls.add(hash(0));
    lagging.writesWith = hash(0);
    long[] underDropped = {-1};
    world.clusters.onUpdate = to -> underDropped[0] = world.servers.under(hash(0));
    Operation operation = world.start(Kind.ROTATE);

    world.runUntil(operation, now -> now.progress().lastPass(StepName.PROVE_CURRENT).isPresent());
    world.servers.store("default", "created-late", hash(0));
    lagging.loads(hash(1));
    world.run(operation, Duration.ofHours(1));

    assertThat(underDropped[0]).as("Secrets under the dropped key at the update").isLessThan(1);
  }

  /** K2: without a Secret only the configurations show it, and those too late for the list. */
  @Test
  void firstSecretCreatedThroughLaggingReplicaAfterTheList_isNotUnderTheDroppedKeyAtTheUpdate() {
    FakeReplica lagging = lagging();
    long[] underDropped = {-1};
    world.clusters.onUpdate = to -> underDropped[0] = world.servers.under(hash(0));
    Operation operation = world.start(Kind.ROTATE);

    world.runUntil(operation, now -> now.progress().lastPass(StepName.PROVE_CURRENT).isPresent());
    world.servers.store("default", "first", hash(0));
    catchesUp(lagging);
    world.run(operation, Duration.ofHours(1));

    assertThat(underDropped[0]).as("Secrets under the dropped key at the update").isZero();
  }

  /** K2: the list that was begun anew after many looks in vain is older than the agreement too. */
  @Test
  void firstSecretCreatedAfterTheListWasBegunAnew_isNotUnderTheDroppedKeyAtTheUpdate() {
    FakeReplica lagging = lagging();
    long[] underDropped = {-1};
    world.clusters.onUpdate = to -> underDropped[0] = world.servers.under(hash(0));
    Operation operation = world.start(Kind.ROTATE);

    Pass first =
        world
            .runUntil(operation, now -> lastCensus(now).isPresent())
            .progress()
            .lastPass(StepName.PROVE_CURRENT)
            .orElseThrow();
    world.runUntil(
        operation,
        now ->
            lastCensus(now)
                .filter(
                    pass -> !pass.id().equals(first.id()) || pass.lookedForWriteKeys().count() > 25)
                .isPresent());
    world.servers.store("default", "first", hash(0));
    catchesUp(lagging);
    world.run(operation, Duration.ofHours(1));

    assertThat(underDropped[0]).as("Secrets under the dropped key at the update").isZero();
  }

  @Test
  void clusterWithoutASecret_isRotatedAllTheSame() {
    Operation ended = world.run(world.start(Kind.ROTATE), Duration.ofMinutes(5));

    assertThat(ended.isActive()).as("at %s", ended.progress().pending()).isFalse();
    assertThat(world.log.stream().filter("update sent to v2"::equals)).hasSize(1);
  }

  @Test
  void replicaOfAClusterWithoutASecretNeverCatchesUp_stallsAndLooksHourly() {
    lagging();
    Operation operation = world.start(Kind.ROTATE);

    Operation stalled = world.run(operation, Duration.ofHours(1));
    int messages = world.sent.size();
    world.time.pass(Duration.ofHours(1));
    world.advance(operation);
    world.run(operation, Duration.ofMinutes(30));

    assertThat(stalled.progress().pending().reason()).isEqualTo(Reason.NOT_CONVERGING);
    assertThat(world.read(operation).progress().pending().reason())
        .isEqualTo(Reason.NOT_CONVERGING);
    assertThat(world.sent.size() - messages).isLessThan(5);
  }

  private static Optional<Pass> lastCensus(Operation operation) {
    return operation.progress().lastPass(StepName.PROVE_CURRENT);
  }

  /** Reads version 1, but writes with version 0 still. */
  private FakeReplica lagging() {
    FakeReplica lagging = world.servers.replicas.get("b");
    lagging.polls.add(hash(0));
    lagging.writesWith = hash(0);
    lagging.configuration = "sha256:old";
    world.servers.replicas.get("a").configuration = "sha256:new";
    return lagging;
  }

  private static void catchesUp(FakeReplica lagging) {
    lagging.loads(hash(1));
    lagging.configuration = "sha256:new";
  }

  /**
   * S1, K2: while a pass left running is taken for the one that is asked about, a proof without a
   * look stands.
   */
  @Test
  void censusLeftRunningWhenTheKeyMoves_isNotTakenForTheProof() {
    world.servers.store(300, hash(1));
    Operation operation = censusRunningAfterAnUnknownUpdate();

    world.clusters.change(CLUSTER, key(2).url(), "Succeeded");
    world.servers.replicas.values().forEach(one -> one.loads(hash(2)));
    Operation ended = world.run(operation, Duration.ofHours(12));

    assertThat(ended.isActive()).as("ends").isFalse();
    assertThat(world.servers.under(hash(1))).as("Secrets left under the old key").isZero();
  }

  /** The same, when all shards of that census happen to be done: nothing is dispatched at all. */
  @Test
  void censusDoneButNotEndedWhenTheKeyMoves_isNotTakenForTheProof() {
    world.servers.store(300, hash(1));
    Operation operation = censusRunningAfterAnUnknownUpdate();
    Pass census = world.read(operation).progress().runningPass().orElseThrow();
    for (int shard = 0; shard < census.shards(); shard++) {
      world.deliver(new Message.WorkShard(CLUSTER, operation.id(), census.id(), shard));
    }

    world.clusters.change(CLUSTER, key(2).url(), "Succeeded");
    world.servers.replicas.values().forEach(one -> one.loads(hash(2)));
    Operation ended = world.run(operation, Duration.ofHours(12));

    assertThat(ended.isActive()).as("ends").isFalse();
    assertThat(world.servers.under(hash(1))).as("Secrets left under the old key").isZero();
  }

  private Operation censusRunningAfterAnUnknownUpdate() {
    world.clusters.updateFaults.add(World.fault(OutsideSystem.ARM, OutsideFault.Kind.TIMED_OUT));
    Operation operation = world.start(Kind.ROTATE);
    world.runUntil(operation, Operation::mayHaveUpdated);
    world.clusters.change(CLUSTER, key(1).url(), "Failed"); // the ETag has moved, keyId has not
    return world.runUntil(operation, now -> now.progress().runningPass().isPresent());
  }

  /**
   * S1: ARM goes back to the old key and on again after the proof; what was written in between is
   * under the old one.
   */
  @Test
  void keyMovesBackAfterTheProof_isProvedAgainBeforeTheEnd() {
    world.servers.store(50, hash(1));
    Operation operation = world.start(Kind.ROTATE);
    world.runUntil(
        operation,
        now ->
            now.progress()
                .lastPass(StepName.PROVE, PassKind.PROOF)
                .map(Pass::stands)
                .orElse(false));
    world.clusters.change(CLUSTER, key(1).url(), "Succeeded");
    world.servers.replicas.values().forEach(one -> one.writesWith = hash(1));
    world.servers.store("default", "written-in-between", hash(1));

    Operation ended = world.run(operation, Duration.ofHours(12));

    assertThat(ended.isActive()).isFalse();
    assertThat(world.servers.under(hash(1))).as("Secrets left under the old key").isZero();
  }

  /**
   * A slow list that the timer took for lost goes on storing its shards over those of the second
   * list.
   */
  @Test
  void twoListsOfOnePass_leaveNoSecretUnseen() {
    world.servers.pageSize = 100;
    for (int number = 0; number < 250; number++) {
      boolean seenByFirstListOnly = number >= 140 && number < 150;
      world.servers.store("n", String.format("s%04d", number), hash(seenByFirstListOnly ? 0 : 1));
    }
    Operation operation = world.start(Kind.CENSUS);
    world.runUntil(operation, now -> now.progress().checked());
    Runnable nothing = () -> {};
    world.servers.beforeNext("list", nothing);
    world.servers.beforeNext("list", nothing);
    world.servers.beforeNext(
        "list",
        () -> {
          for (int number = 0; number < 10; number++) {
            world.servers.store("a", "new" + number, hash(1));
          }
          world.time.pass(Duration.ofMinutes(6));
          world.advance(operation); // the timer found its message lost
        });
    world.advance(operation);

    Operation ended = world.run(operation, Duration.ofHours(1));

    Pass census = ended.progress().lastPass(StepName.COUNT).orElseThrow();
    assertThat(census.tally().discovered()).isEqualTo(260);
    assertThat(census.growth().orElseThrow().readsOf(hash(0))).isEqualTo(10);
  }

  /** It came after the first scrape, wrote under another key and went before the last one. */
  @Test
  void replicaThatLivedOnlyDuringTheProof_voidsIt() {
    world.servers.store(50, hash(1));
    Operation operation = world.start(Kind.ROTATE);
    world.runUntil(
        operation,
        now ->
            now.progress().runningPass().filter(pass -> pass.kind() == PassKind.PROOF).isPresent());
    world.time.pass(Duration.ofMinutes(1));
    FakeReplica passing = world.servers.replica("passing", hash(1));
    passing.leaseRenewedAt = world.time.instant();
    passing.answers = false;
    world.time.pass(Duration.ofMinutes(2));

    Operation judged =
        world.runUntil(
            operation,
            now -> now.progress().lastPass(StepName.PROVE).filter(Pass::hasEnded).isPresent());

    assertThat(judged.progress().passes().stream().filter(pass -> pass.kind() == PassKind.PROOF))
        .noneMatch(Pass::stands);
  }
}
