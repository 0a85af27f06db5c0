package dev.rekey.service;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.update;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.StepName;
import dev.rekey.service.port.FoundClusters;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.service.port.Stored;
import dev.rekey.storage.UnreadableRow;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of several clusters with one key begin to be rotated, and when. */
class BeginRotationsTest {
  private static final Origin PERSON = new Origin(Origin.Trigger.HTTP, "ana", "now", "k1");

  private final Fleet fleet = new Fleet();

  @Test
  void noWaves_allBegin() {
    fleet.with("a").with("b").with("c");

    fleet.timer();

    assertThat(fleet.atWork()).containsExactly("a", "b", "c");
  }

  @Test
  void laterWave_beginsWhenAllOfTheOneBeforeAreProvedAndNoSooner() {
    fleet.with("a").with("b").with("later", "rekey-wave", "1");

    fleet.timer();
    assertThat(fleet.atWork()).containsExactly("a", "b");

    fleet.completes("a", 2);
    fleet.timer();
    assertThat(fleet.atWork()).containsExactly("b");

    fleet.movesTo("b", 2);
    fleet.timer();
    assertThat(fleet.atWork()).containsExactly("b");

    fleet.isProvedOn("b", 2);
    fleet.ends("b", Ending.Outcome.COMPLETED, Reason.RECORDED);
    fleet.timer();
    assertThat(fleet.atWork()).containsExactly("later");
  }

  @Test
  void event_bypassesNoWave() {
    fleet.with("canary").with("later", "rekey-wave", "1");

    fleet.event(2);
    fleet.event(2);

    assertThat(fleet.atWork()).containsExactly("canary");
    assertThat(fleet.told)
        .contains(
            "rotation-not-begun held-by-wave: later: canary of wave 0 is on an older version still:"
                + " its rotate has just begun; the version is "
                + key(2));
  }

  @Test
  void canaryHasStalled_theReasonNamesItAndWhy() {
    fleet.with("canary").with("later", "rekey-wave", "1");
    fleet.timer();
    stall("canary", StepName.CONVERGE, Reason.NOT_CONVERGING);

    Hold hold = fleet.report("later").hold();

    assertThat(fleet.report("later").standing()).isEqualTo("held-by-wave");
    assertThat(hold.reason()).isEqualTo("held-by-wave");
    assertThat(hold.detail())
        .startsWith("canary of wave 0 is on an older version still")
        .contains("its rotate has stalled at converge (not-converging)");
  }

  @Test
  void canaryWasRefused_theReasonSaysSo() {
    fleet.with("canary").with("later", "rekey-wave", "1");
    fleet.timer();
    fleet.ends("canary", Ending.Outcome.REFUSED, Reason.PREFLIGHT_FAILED);

    assertThat(fleet.report("later").standing()).isEqualTo("held-by-wave");
    assertThat(fleet.report("later").hold().detail())
        .contains("its last rotate was refused (preflight-failed)");
  }

  @Test
  void onlyObserved_holdsNobodyAndIsNamed() {
    fleet.with("watched", "rekey-mode", "observe").with("later", "rekey-wave", "1");

    fleet.timer();

    assertThat(fleet.atWork()).containsExactly("later");
    assertThat(fleet.told)
        .contains("wave-not-waited-for observe-only: watched of wave 0, by later")
        .contains("rotation-not-begun observe-only");
  }

  @Test
  void notOnAVersionedKey_holdsNobody() {
    fleet.shown("other", 1, KmsExperience.UNPROVED).with("later", "rekey-wave", "1");

    fleet.timer();

    assertThat(fleet.atWork()).containsExactly("later");
    assertThat(fleet.told)
        .contains("wave-not-waited-for kms-not-on-versioned-key: other of wave 0, by later");
  }

  @Test
  void metOnTheNewestVersion_holdsNobody() {
    fleet.shown("new", 2, KmsExperience.VERSIONED_KEY).with("later", "rekey-wave", "1");

    fleet.timer();

    assertThat(fleet.atWork()).containsExactly("later");
  }

  @Test
  void movedByHandAndUnproved_holds() {
    fleet.with("moved").with("later", "rekey-wave", "1");
    fleet.movesTo("moved", 2);

    fleet.timer();

    assertThat(fleet.atWork()).containsExactly("moved");
    assertThat(fleet.report("later").hold().detail())
        .startsWith("moved of wave 0 is on it without a proof");
  }

  @Test
  void partOfTheScopeCouldNotBeLookedAt_holdsAllButTheFirstWave() {
    fleet.with("first").with("later", "rekey-wave", "1");
    OutsideFault fault = World.fault(OutsideSystem.ARM, OutsideFault.Kind.BUSY);
    FoundClusters found = new FoundClusters(fleet.world.clusters.list(), List.of(fault));
    fleet.isProvedOn("first", 2);
    fleet.movesTo("first", 2);
    fleet.with("second");

    new BeginRotations(fleet.ports, fleet.conduct)
        .look(
            new FoundClusters(fleet.world.clusters.list(), found.missing()),
            fleet.world.clusters.list(),
            PERSON);

    assertThat(fleet.atWork()).containsExactly("second");
    assertThat(fleet.told).anyMatch(one -> one.contains("held-by-wave: later"));
  }

  @Test
  void onlyTheUnseenCouldHold_isSaid() {
    fleet.with("later", "rekey-wave", "1");
    OutsideFault fault = World.fault(OutsideSystem.ARM, OutsideFault.Kind.BUSY);

    new BeginRotations(fleet.ports, fleet.conduct)
        .look(
            new FoundClusters(fleet.world.clusters.list(), List.of(fault)),
            fleet.world.clusters.list(),
            PERSON);

    assertThat(fleet.atWork()).isEmpty();
    assertThat(fleet.told)
        .containsExactly(
            "rotation-not-begun held-by-wave: later: not every cluster in scope could be looked"
                + " at; the version is "
                + key(2));
  }

  @Test
  void ledgerOfAnEarlierWaveIsOfAnotherRelease_itHoldsAndNobodyElseIsKeptFromBeingLookedAt() {
    fleet.with("broken").with("first").with("later", "rekey-wave", "1");
    fleet.movesTo("broken", 2);
    fleet.world.writeByAnotherRelease("broken", "ledger");

    assertThatThrownBy(fleet::timer).isInstanceOf(UnreadableRow.class);

    assertThat(fleet.atWork()).containsExactly("first");
    assertThat(fleet.told).anyMatch(one -> one.contains("held-by-wave: later: broken of wave 0"));
  }

  @Test
  void modeTagCanNotBeRead_nothingBeginsAndItIsSaid() {
    fleet.with("odd", "rekey-mode", "automatic");

    fleet.timer();

    assertThat(fleet.atWork()).isEmpty();
    assertThat(fleet.told).contains("mode-unreadable observe-only: odd");
    assertThat(fleet.report("odd").mode()).isEqualTo(Mode.OBSERVE);
  }

  @Test
  void waveTagCanNotBeRead_comesLast() {
    fleet.with("odd", "rekey-wave", "soon").with("first", "rekey-wave", "7");

    fleet.timer();

    assertThat(fleet.atWork()).containsExactly("first");
    assertThat(fleet.told).contains("wave-unreadable last-wave: odd");
  }

  @Test
  void personStartsIt_noWaveHolds() {
    fleet.with("canary").with("later", "rekey-wave", "1");

    new RequestOperation(fleet.ports, fleet.conduct)
        .request(
            new OperationRequest(
                new ClusterName("later"), Kind.ROTATE, null, null, null, null, null, PERSON));

    assertThat(fleet.atWork()).containsExactly("later");
  }

  @Test
  void fleetIsAtItsLimit_noMoreBeginAndEarlierWavesGoFirst() {
    fleet.with("b").with("a").with("c");
    fleet.conduct = fleet.conduct.atMost(2);

    fleet.timer();

    assertThat(fleet.atWork()).containsExactly("a", "b");
    assertThat(fleet.told)
        .contains("rotation-not-begun fleet-at-its-limit: c: 2 operations are under way");
    assertThat(fleet.report("c").standing()).isEqualTo("fleet-at-its-limit");

    fleet.completes("a", 2);
    fleet.timer();
    assertThat(fleet.atWork()).containsExactly("b", "c");
  }

  @Test
  void censusesAndWhatWaitsForApproval_leaveRoomForOthers() {
    fleet.with("asks", "rekey-mode", "approve").with("counted").with("rotated");
    fleet.conduct = fleet.conduct.atMost(1);
    new StartOperation(fleet.ports)
        .start(
            new ClusterName("counted"),
            Kind.CENSUS,
            Route.of(key(1), key(1)),
            new Origin(Origin.Trigger.TIMER, "rekey", "test"));

    fleet.timer();

    assertThat(fleet.atWork()).containsExactly("asks", "counted", "rotated");
    assertThat(fleet.active("rotated").orElseThrow().kind()).isEqualTo(Kind.ROTATE);
  }

  @Test
  void whatAPersonHasBegun_countsToo() {
    fleet.with("a").with("b");
    fleet.conduct = fleet.conduct.atMost(1);
    new StartOperation(fleet.ports)
        .start(new ClusterName("b"), Kind.REENCRYPT, Route.of(key(1), key(1)), PERSON);

    fleet.timer();

    assertThat(fleet.atWork()).containsExactly("b");
  }

  @Test
  void manyClustersWithOneKey_askTheVaultOncePerLook() {
    for (int number = 0; number < 50; number++) {
      fleet.with("c" + number, "rekey-wave", "" + number);
    }
    fleet.conduct = fleet.conduct.creatingNone();
    int[] asked = {0};
    Ports counting =
        new Ports(
            fleet.ports.clusters(),
            fleet.ports.surroundings(),
            new CountingVault(fleet.ports.vault(), () -> asked[0]++),
            fleet.ports.kubernetes(),
            fleet.ports.records(),
            fleet.ports.messages(),
            fleet.ports.signals(),
            fleet.ports.ids(),
            fleet.ports.time());

    new BeginRotations(counting, fleet.conduct)
        .look(
            new FoundClusters(fleet.world.clusters.list(), List.of()),
            fleet.world.clusters.list(),
            PERSON);

    assertThat(asked[0]).isEqualTo(1);
    assertThat(fleet.world.clusters.maintenanceLooks).isEqualTo(1);
    assertThat(fleet.atWork()).containsExactly("c0");
  }

  @Test
  void newerVersionWhileTheUpdateIsUnsent_takesThePlaceOfTheOlder() {
    fleet.with("a");
    fleet.timer();
    Operation first = fleet.active("a").orElseThrow();
    fleet.world.versions.add(version(3));

    fleet.event(3);

    Operation second = fleet.active("a").orElseThrow();
    assertThat(second.to()).isEqualTo(key(3));
    Ending ending = ended("a", first).progress().ending();
    assertThat(ending.outcome()).isEqualTo(Ending.Outcome.CANCELLED);
    assertThat(ending.reason()).isEqualTo(Reason.SUPERSEDED);
    assertThat(ending.detail()).isEqualTo("by " + key(3));
  }

  @Test
  void olderVersionsEventComesLate_changesNothing() {
    fleet.with("a");
    fleet.world.versions.add(version(3));
    fleet.event(3);
    Operation first = fleet.active("a").orElseThrow();

    fleet.event(2);
    fleet.timer();

    assertThat(fleet.active("a").orElseThrow()).isEqualTo(first);
    assertThat(first.to()).isEqualTo(key(3));
  }

  @Test
  void newerVersionOnceTheUpdateMayHaveBeenSent_waits() {
    fleet.with("a");
    fleet.timer();
    Stored<Operation> stored = fleet.world.records.active(new ClusterName("a")).orElseThrow();
    Operation first = stored.value();
    fleet.world.records.save(stored.with(first.with(first.progress().intending(update(1)))));
    fleet.world.versions.add(version(3));

    fleet.event(3);

    assertThat(fleet.active("a").orElseThrow().id()).isEqualTo(first.id());
    assertThat(fleet.told).contains("start-declined operation-active");
  }

  @Test
  void newerVersionOfWhatAPersonHasBegunOrPaused_waits() {
    fleet.with("asked").with("paused");
    Origin by = new Origin(Origin.Trigger.HTTP, "ana", "this one");
    new StartOperation(fleet.ports)
        .start(new ClusterName("asked"), Kind.ROTATE, Route.of(key(1), key(2)), by);
    fleet.timer();
    new SteerOperation(fleet.ports)
        .steer(
            fleet.active("paused").orElseThrow().id(),
            new Order(Order.Action.PAUSE, "bo", "not now", NOW, "p", null));
    fleet.world.versions.add(version(3));

    fleet.event(3);

    assertThat(fleet.active("asked").orElseThrow().to()).isEqualTo(key(2));
    assertThat(fleet.active("paused").orElseThrow().to()).isEqualTo(key(2));
  }

  @Test
  void newerVersionThatMayNotBeginYet_endsTheOlderAndNothingIsUnderWay() {
    fleet.with("canary").with("later", "rekey-wave", "1");
    fleet.movesTo("canary", 2);
    fleet.isProvedOn("canary", 2);
    fleet.timer();
    assertThat(fleet.active("later").orElseThrow().to()).isEqualTo(key(2));
    fleet.world.versions.add(version(3));

    fleet.event(3);

    assertThat(fleet.active("canary").orElseThrow().to()).isEqualTo(key(3));
    assertThat(fleet.active("later")).isEmpty();
    assertThat(fleet.told).anyMatch(one -> one.contains("held-by-wave: later: canary of wave 0"));
  }

  @Test
  void supersededRotation_isNoRefusalThatIsRemembered() {
    fleet.with("a");
    fleet.timer();
    fleet.world.versions.add(version(3));
    fleet.event(3);
    fleet.world.versions.remove(2);

    fleet.timer();

    assertThat(fleet.active("a").orElseThrow().to()).isEqualTo(key(2));
  }

  @Test
  void inApprove_aRotationBeginsAndAsksFirstWhateverWindowAndLimitSay() {
    fleet.with("a", "rekey-window", "Mon 02:00-03:00");
    fleet.conduct = fleet.conduct.with(Mode.APPROVE).atMost(0);

    fleet.timer();

    Operation begun = fleet.active("a").orElseThrow();
    assertThat(begun.origin().asksFirst()).isTrue();
    assertThat(fleet.world.clusters.maintenanceLooks).isZero();
  }

  @Test
  void inApprove_laterWavesWaitForTheApprovalOfTheFirst() {
    fleet.with("canary").with("later", "rekey-wave", "1");
    fleet.conduct = fleet.conduct.with(Mode.APPROVE);

    fleet.timer();

    assertThat(fleet.atWork()).containsExactly("canary");
  }

  private void stall(String name, StepName step, Reason reason) {
    Stored<Operation> stored = fleet.world.records.active(new ClusterName(name)).orElseThrow();
    Operation operation = stored.value();
    Pending stalled =
        new Pending(1, step, NOW, Pending.Doing.STALLED, reason, NOW.plusSeconds(3600), null, 0);
    fleet.world.records.save(stored.with(operation.with(operation.progress().with(stalled))));
  }

  private Operation ended(String name, Operation operation) {
    return fleet
        .world
        .records
        .operation(new ClusterName(name), operation.id())
        .orElseThrow()
        .value();
  }
}
