package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.disabled;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.key.Ledger;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.StepName;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A rotation that a person has asked for leads to version 2, which somebody disables for good after
 * it was checked; version 3 can be used, and comes later than that.
 */
class UnfitTargetTest {
  private static final Duration LONG = Duration.ofHours(5);

  private final World world = new World();
  private final Conduct conduct = Conduct.auto(Cloud.PUBLIC);

  @BeforeEach
  void knownForLong() {
    world.records.begin(CLUSTER, Ledger.firstSeen(NOW.minus(Duration.ofDays(300)), key(1)));
    world.servers.store(20, hash(1));
  }

  @Test
  void beforeTheUpdateIsSent_itEndsAndTheNewestIsBegun() {
    Operation rotation = world.runUntil(begun(), UnfitTargetTest::isAtItsProof);
    version3InPlaceOf2();

    Ending ending = world.run(rotation, LONG).progress().ending();

    assertThat(ending.outcome()).isEqualTo(Ending.Outcome.CANCELLED);
    assertThat(ending.reason()).isEqualTo(Reason.SUPERSEDED);
    assertThat(ending.detail()).isEqualTo("by " + key(3));
    assertThat(world.log).noneMatch(line -> line.startsWith("update sent"));
    assertEndsOnVersion3();
  }

  /** Version 2 may be in a slot: it's made usable, proved, and only then left for the newest. */
  @Test
  void afterTheUpdateMayHaveBeenSent_itWaitsWithTheRemedyAndTheNewestBehindIt() {
    world.clusters.updateFaults.add(World.fault(OutsideSystem.ARM, OutsideFault.Kind.TIMED_OUT));
    Operation rotation = world.runUntil(begun(), Operation::mayHaveUpdated);
    version3InPlaceOf2();

    Operation stalled = world.run(rotation, LONG);
    timer();

    assertThat(stalled.progress().pending().reason()).isEqualTo(Reason.TARGET_UNFIT);
    assertThat(stalled.progress().pending().detail())
        .contains("--enabled true", "a newer version waits");
    assertThat(world.records.active(CLUSTER).map(Stored::value).map(Operation::id))
        .contains(rotation.id());

    world.versions.set(1, version(2));
    Operation ended = world.runUntil(rotation, now -> !now.isActive());
    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    assertEndsOnVersion3();
  }

  /** Nothing newer there is: it waits for a person, who can also ask for another. */
  @Test
  void nothingElseCanBeUsed_itWaitsAndGivesWayToARotationToWhatCan() {
    Operation rotation = world.runUntil(begun(), UnfitTargetTest::isAtItsProof);
    world.versions.set(1, disabled(2));

    Operation stalled = world.run(rotation, LONG);
    assertThat(stalled.progress().pending().reason()).isEqualTo(Reason.TARGET_UNFIT);

    world.versions.add(version(3));
    Origin origin = new Origin(Origin.Trigger.HTTP, "bo", "the other one", "k2");
    RequestAnswer answer =
        new RequestOperation(world.ports, conduct)
            .request(new OperationRequest(CLUSTER, Kind.ROTATE, null, null, null, null, origin));

    assertThat(((RequestAnswer.Accepted) answer).operation().to()).isEqualTo(key(3));
    assertThat(world.read(rotation).progress().ending().reason()).isEqualTo(Reason.GONE_FORWARD);
    assertEndsOnVersion3();
  }

  private Operation begun() {
    Origin person = new Origin(Origin.Trigger.HTTP, "ana", "quarterly");
    return new StartOperation(world.ports)
        .start(CLUSTER, Kind.ROTATE, Route.of(key(1), key(2)), person)
        .orElseThrow();
  }

  private static boolean isAtItsProof(Operation operation) {
    return operation.progress().lastPass(StepName.PROVE_CURRENT).isPresent();
  }

  private void version3InPlaceOf2() {
    world.versions.set(1, disabled(2));
    world.versions.add(version(3));
  }

  private void timer() {
    new Reconcile(world.ports, conduct, Map::of).run();
  }

  private void assertEndsOnVersion3() {
    timer();
    Operation next = world.records.active(CLUSTER).orElseThrow().value();
    assertThat(next.to()).isEqualTo(key(3));
    Operation ended = world.runUntil(next, now -> !now.isActive());
    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.records.ledger(CLUSTER).orElseThrow().value().proved().key())
        .isEqualTo(key(3));
  }
}
