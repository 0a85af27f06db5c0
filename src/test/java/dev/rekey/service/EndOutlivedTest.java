package dev.rekey.service;

import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rotation from version 1 to version 2 waits for approval, and somebody changes the cluster. */
class EndOutlivedTest {
  private static final ClusterName NAME = new ClusterName("a");

  private final Fleet fleet = new Fleet();

  @BeforeEach
  void rotationWaitsForApproval() {
    fleet.with("a");
    fleet.conduct = fleet.conduct.with(Mode.APPROVE);
    fleet.timer();
    waits();
  }

  @Test
  void movedByHand_endsAndARewriteUnderWhatIsThereNowWaitsInstead() {
    String outlived = active().id();
    fleet.movesTo("a", 2);

    fleet.timer();

    Ending ending = ended(outlived);
    assertThat(ending.outcome()).isEqualTo(Ending.Outcome.CANCELLED);
    assertThat(ending.reason()).isEqualTo(Reason.CLUSTER_MOVED);
    assertThat(ending.detail()).contains("KMS was ", key(1).url(), key(2).url());
    assertThat(active().kind()).isEqualTo(Kind.REENCRYPT);
    assertThat(active().to()).isEqualTo(key(2));
    assertThat(active().origin().asksFirst()).isTrue();
    assertThat(fleet.told)
        .contains("operation-ended cancelled")
        .anyMatch(told -> told.startsWith("key-id-changed-outside another-version"));
  }

  @Test
  void movedAgainWhileTheRewriteWaits_oneForTheThirdVersionTakesItsPlace() {
    fleet.movesTo("a", 2);
    fleet.timer();
    waits();
    String outlived = active().id();
    fleet.world.versions.add(version(3));
    fleet.movesTo("a", 3);

    fleet.timer();

    assertThat(ended(outlived).reason()).isEqualTo(Reason.CLUSTER_MOVED);
    assertThat(active().kind()).isEqualTo(Kind.REENCRYPT);
    assertThat(active().to()).isEqualTo(key(3));
  }

  @Test
  void movedThereAndBackWhileTheRewriteWaits_isBegunAnew() {
    fleet.movesTo("a", 2);
    fleet.timer();
    waits();
    fleet.world.time.pass(Duration.ofMinutes(10));
    fleet.movesTo("a", 1);
    fleet.timer();
    waits();
    fleet.world.time.pass(Duration.ofMinutes(10));
    fleet.movesTo("a", 2);

    fleet.timer();

    assertThat(active().kind()).isEqualTo(Kind.REENCRYPT);
    assertThat(active().to()).isEqualTo(key(2));
  }

  @Test
  void listIsOlderThanTheOperation_nothingEnds() {
    ManagedCluster listed = fleet.world.clusters.read(NAME);
    fleet.movesTo("a", 2);
    ManagedCluster moved = fleet.world.clusters.read(NAME);
    fleet.world.clusters.put(listed);

    assertThat(new EndOutlived(fleet.ports).end(stored(), moved)).isFalse();

    assertThat(active().kind()).isEqualTo(Kind.ROTATE);
  }

  @Test
  void changeIsStillUnderWay_nothingEndsYet() {
    fleet.world.clusters.change(NAME, key(2).url(), "Updating");

    fleet.timer();

    assertThat(active().kind()).isEqualTo(Kind.ROTATE);
  }

  @Test
  void itHasGoneOnMeanwhile_nothingEnds() {
    Stored<Operation> before = stored();
    waits();
    fleet.movesTo("a", 2);

    assertThat(new EndOutlived(fleet.ports).end(before, fleet.world.clusters.read(NAME))).isFalse();

    assertThat(active().kind()).isEqualTo(Kind.ROTATE);
  }

  /** It sees for itself, step by step. */
  @Test
  void itDoesNotWaitForApproval_isLeftAlone() {
    Stored<Operation> stored = stored();
    fleet.world.records.save(
        stored.with(
            stored.value().with(stored.value().progress().with(pending(Reason.RECORDING)))));
    fleet.movesTo("a", 2);

    fleet.timer();

    assertThat(active().kind()).isEqualTo(Kind.ROTATE);
  }

  private void waits() {
    Stored<Operation> stored = stored();
    Pending waiting = pending(Reason.AWAITING_APPROVAL);
    fleet.world.records.save(
        stored.with(stored.value().with(stored.value().progress().with(waiting))));
  }

  private Pending pending(Reason reason) {
    return new Pending(
        1,
        StepName.APPROVE,
        fleet.world.time.instant(),
        Pending.Doing.STALLED,
        reason,
        fleet.world.time.instant().plusSeconds(3600),
        null,
        0);
  }

  private Ending ended(String id) {
    return fleet.world.records.operation(NAME, id).orElseThrow().value().progress().ending();
  }

  private Stored<Operation> stored() {
    return fleet.world.records.active(NAME).orElseThrow();
  }

  private Operation active() {
    return stored().value();
  }
}
