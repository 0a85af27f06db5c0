package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.disabled;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.fleet.MaintenanceConfiguration;
import dev.rekey.fleet.WindowTag;
import dev.rekey.key.Cloud;
import dev.rekey.key.Ledger;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** It is Sunday, noon. */
class MaintenanceWindowTest {
  private static final Conduct AUTO = Conduct.auto(Cloud.PUBLIC);
  private static final String OPEN = "Sun 11:00-14:00";
  private static final String TONIGHT = "Sun 22:00-23:00";

  private final World world = new World();

  @BeforeEach
  void clusterIsKnownForLong() {
    world.records.begin(CLUSTER, Ledger.firstSeen(NOW.minus(Duration.ofDays(300)), key(1)));
    world.servers.store(10, hash(1));
  }

  @Test
  void closed_noRotationBeginsByItselfAndThePostureSaysWhenItWill() {
    tag(TONIGHT);

    timer();

    assertThat(world.records.active(CLUSTER)).isEmpty();
    assertThat(world.signals).contains("rotation-not-begun outside-window");
    ClusterReport report = report();
    assertThat(report.standing()).isEqualTo("outside-window");
    assertThat(report.hold().detail())
        .isEqualTo("it opens at 2026-03-01T22:00:00Z (tag rekey-window)");
  }

  @Test
  void opens_theTimerBeginsIt() {
    tag(TONIGHT);
    timer();
    world.time.passUntil(Instant.parse("2026-03-01T22:00:00Z"));

    timer();

    assertThat(run(Duration.ofMinutes(30)).progress().ending().outcome())
        .isEqualTo(Ending.Outcome.COMPLETED);
  }

  @Test
  void tagThatCanNotBeRead_holdsAndSaysSo() {
    tag("weekends");

    timer();

    assertThat(world.records.active(CLUSTER)).isEmpty();
    assertThat(world.signals).contains("window-unreadable held");
    assertThat(report().standing()).isEqualTo("window-unreadable");
    assertThat(report().hold().detail()).isEqualTo("the tag rekey-window has another form");
  }

  @Test
  void clusterHasATag_itsMaintenanceConfigurationIsNotAskedFor() {
    tag(OPEN);
    world.clusters.maintenance = configuration(TONIGHT);

    timer();

    assertThat(world.records.active(CLUSTER)).isPresent();
    assertThat(world.clusters.maintenanceLooks).isZero();
  }

  @Test
  void clusterHasNoTag_itsMaintenanceConfigurationDecides() {
    world.clusters.maintenance = configuration(TONIGHT);

    timer();

    assertThat(world.records.active(CLUSTER)).isEmpty();
    assertThat(report().hold().detail()).endsWith("(maintenance configuration default)");
  }

  /** It was taken for closed for ever, wherever a clock goes on between two looks at it. */
  @Test
  void timeGoesOnWhileItIsLookedAt_whatIsOpenStaysOpen() {
    ManagedCluster cluster = world.clusters.read(CLUSTER);
    world.time.pass(Duration.ofSeconds(3));

    assertThat(new LookAtWindow(world.ports).of(cluster, NOW).isOpen(NOW)).isTrue();
    world.clusters.maintenance = configuration(OPEN);
    assertThat(new LookAtWindow(world.ports).of(cluster, NOW).isOpen(NOW)).isTrue();
    tag(OPEN);
    assertThat(new LookAtWindow(world.ports).of(world.clusters.read(CLUSTER), NOW).isOpen(NOW))
        .isTrue();
  }

  @Test
  void nothingIsDue_noConfigurationIsAskedFor() {
    world.versions.remove(1);

    timer();

    assertThat(world.clusters.maintenanceLooks).isZero();
  }

  @Test
  void configurationMayNotBeRead_isNotTakenForNone() {
    world.clusters.maintenanceFaults.add(
        World.fault(OutsideSystem.ARM, OutsideFault.Kind.FORBIDDEN));

    timer();

    assertThat(world.records.active(CLUSTER)).isEmpty();
    assertThat(world.signals).contains("rotation-not-begun window-unreadable");
  }

  /** The way out needs no right: the tag comes with the cluster. */
  @Test
  void configurationMayNotBeReadAndATagSaysWhen_theTagDecides() {
    world.clusters.maintenanceFaults.add(
        World.fault(OutsideSystem.ARM, OutsideFault.Kind.FORBIDDEN));
    timer();
    world.clusters.maintenanceFaults.add(
        World.fault(OutsideSystem.ARM, OutsideFault.Kind.FORBIDDEN));
    assertThat(report().hold().detail()).endsWith("where the tag rekey-window says when");
    tag("daily 00:00-24:00");

    timer();

    assertThat(run(Duration.ofMinutes(30)).progress().ending().outcome())
        .isEqualTo(Ending.Outcome.COMPLETED);
  }

  /** It has begun: it waits and says why, and goes on by itself once the right is there. */
  @Test
  void rightIsTakenBeforeTheUpdate_itStallsAndGoesOnOnceItIsGivenBack() {
    timer();
    Operation begun = world.records.active(CLUSTER).orElseThrow().value();
    world.clusters.maintenanceFaults.add(
        World.fault(OutsideSystem.ARM, OutsideFault.Kind.FORBIDDEN));

    Operation stalled = world.run(begun, Duration.ofMinutes(30));

    assertThat(reason(stalled)).isEqualTo(Reason.WINDOW_UNREADABLE);
    assertThat(stalled.isActive()).isTrue();
    world.advance(stalled);
    assertThat(world.run(stalled, Duration.ofHours(1)).progress().ending().outcome())
        .isEqualTo(Ending.Outcome.COMPLETED);
  }

  @Test
  void personAsksAndTheConfigurationMayNotBeRead_nothingHolds() {
    world.clusters.maintenanceFaults.add(
        World.fault(OutsideSystem.ARM, OutsideFault.Kind.FORBIDDEN));
    Origin person = new Origin(Origin.Trigger.HTTP, "ana", "now", "k1");
    new RequestOperation(world.ports, AUTO)
        .request(new OperationRequest(CLUSTER, Kind.ROTATE, null, null, null, null, null, person));

    assertThat(run(Duration.ofMinutes(30)).progress().ending().outcome())
        .isEqualTo(Ending.Outcome.COMPLETED);
  }

  @Test
  void armGivesNoAnswer_nothingBeginsAndItIsSaid() {
    world.clusters.maintenanceFaults.add(World.fault(OutsideSystem.ARM, OutsideFault.Kind.BUSY));

    timer();

    assertThat(world.records.active(CLUSTER)).isEmpty();
    assertThat(world.signals).contains("cluster-not-looked-at ARM/BUSY");
  }

  @Test
  void closesBeforeTheUpdateIsSent_itWaitsForTheNextOpeningAndThenGoesOn() {
    tag(OPEN);
    timer();
    Operation begun = world.records.active(CLUSTER).orElseThrow().value();
    tag(TONIGHT);

    Operation waiting = world.runUntil(begun, now -> reason(now) == Reason.OUTSIDE_WINDOW);

    Pending pending = waiting.progress().pending();
    assertThat(pending.step()).isEqualTo(StepName.UPDATE_CLUSTER);
    assertThat(pending.doing()).isEqualTo(Pending.Doing.WAITING);
    assertThat(pending.detail()).contains("it opens at 2026-03-01T22:00:00Z");
    assertThat(pending.nextLook()).isBefore(world.time.instant().plus(Duration.ofMinutes(61)));
    assertThat(world.log).noneMatch(line -> line.startsWith("update sent"));
    Operation ended = world.run(begun, Duration.ofHours(12));
    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(ended.progress().ending().at())
        .isAfter(Instant.parse("2026-03-01T22:00:00Z"))
        .isBefore(Instant.parse("2026-03-01T23:00:00Z"));
  }

  @Test
  void closesOnceTheUpdateWasSent_nothingIsHeld() {
    tag(OPEN);
    timer();
    Operation begun = world.records.active(CLUSTER).orElseThrow().value();
    world.runUntil(begun, Operation::mayHaveUpdated);
    tag("unreadable");

    assertThat(world.run(begun, Duration.ofHours(1)).progress().ending().outcome())
        .isEqualTo(Ending.Outcome.COMPLETED);
  }

  @Test
  void tagBecomesUnreadableBeforeTheUpdate_aPersonIsTold() {
    tag(OPEN);
    timer();
    Operation begun = world.records.active(CLUSTER).orElseThrow().value();
    tag("sometimes");

    Operation stalled = world.run(begun, Duration.ofMinutes(30));

    assertThat(reason(stalled)).isEqualTo(Reason.WINDOW_UNREADABLE);
    assertThat(world.signals).contains("operation-stalled window-unreadable");
    tag(OPEN);
    world.advance(stalled);
    assertThat(world.run(stalled, Duration.ofHours(1)).progress().ending().outcome())
        .isEqualTo(Ending.Outcome.COMPLETED);
  }

  @Test
  void personStartsIt_noWindowHolds() {
    tag(TONIGHT);
    Origin person = new Origin(Origin.Trigger.HTTP, "ana", "now", "k1");
    new RequestOperation(world.ports, AUTO)
        .request(new OperationRequest(CLUSTER, Kind.ROTATE, null, null, null, null, null, person));

    assertThat(run(Duration.ofMinutes(30)).progress().ending().outcome())
        .isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.clusters.maintenanceLooks).isZero();
  }

  @Test
  void personAsksWhileItWaitsForTheWindow_itGivesWay() {
    tag(OPEN);
    timer();
    Operation begun = world.records.active(CLUSTER).orElseThrow().value();
    tag(TONIGHT);
    world.runUntil(begun, now -> reason(now) == Reason.OUTSIDE_WINDOW);
    Origin person = new Origin(Origin.Trigger.HTTP, "ana", "now", "k1");

    new RequestOperation(world.ports, AUTO)
        .request(new OperationRequest(CLUSTER, Kind.ROTATE, null, null, null, null, null, person));

    assertThat(world.read(begun).progress().ending().reason()).isEqualTo(Reason.GAVE_WAY);
    assertThat(run(Duration.ofMinutes(30)).progress().ending().outcome())
        .isEqualTo(Ending.Outcome.COMPLETED);
  }

  /** No event and no timer is needed for it: the vault is asked before each update is sent. */
  @Test
  void newerVersionJustBeforeTheUpdate_endsItUnsentAndTheTimerBeginsTheNewest() {
    timer();
    Operation begun = world.records.active(CLUSTER).orElseThrow().value();
    world.advance(begun);
    world.versions.add(version(3));

    Operation ended = world.run(begun, Duration.ofMinutes(5));

    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.CANCELLED);
    assertThat(ended.progress().ending().reason()).isEqualTo(Reason.SUPERSEDED);
    assertThat(world.log).noneMatch(line -> line.startsWith("update sent"));
    assertThat(world.signals).contains("operation-ended cancelled");
    timer();
    assertThat(run(Duration.ofMinutes(30)).to()).isEqualTo(key(3));
    assertThat(world.log).contains("update sent to v3").doesNotContain("update sent to v2");
  }

  @Test
  void targetIsDisabledBeforeTheUpdateAndAnotherCanBeUsed_theOtherIsRotatedTo() {
    world.versions.add(version(3));
    timer();
    Operation begun = world.records.active(CLUSTER).orElseThrow().value();
    assertThat(begun.to()).isEqualTo(key(3));
    world.advance(begun);
    world.versions.set(2, disabled(3));

    assertThat(world.run(begun, Duration.ofMinutes(5)).progress().ending().reason())
        .isEqualTo(Reason.SUPERSEDED);
    timer();
    assertThat(run(Duration.ofMinutes(30)).to()).isEqualTo(key(2));
  }

  @Test
  void versionThatComesAfterTheUpdateWasSent_waitsBehindTheProof() {
    timer();
    Operation begun = world.records.active(CLUSTER).orElseThrow().value();
    world.runUntil(begun, Operation::mayHaveUpdated);
    world.versions.add(version(3));
    timer();

    Operation ended = world.run(begun, Duration.ofHours(1));

    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(ended.to()).isEqualTo(key(2));
    timer();
    assertThat(run(Duration.ofHours(1)).to()).isEqualTo(key(3));
  }

  private static Reason reason(Operation operation) {
    Pending pending = operation.progress().pending();
    return pending == null ? null : pending.reason();
  }

  private MaintenanceConfiguration configuration(String window) {
    return new MaintenanceConfiguration("default", WindowTag.parse(window).orElseThrow());
  }

  private void tag(String window) {
    ManagedCluster now = world.clusters.clusters.get(CLUSTER.value());
    world.clusters.put(
        new ManagedCluster(
            CLUSTER,
            now.resourceId(),
            now.experience(),
            now.kms(),
            now.kubernetesVersion(),
            now.etag(),
            now.provisioningState(),
            Map.of("rekey-window", window)));
  }

  private ClusterReport report() {
    return new ReportClusters(world.ports, AUTO).report().clusters().get(0);
  }

  private void timer() {
    new Reconcile(world.ports, AUTO, Map::of).run();
  }

  private Operation run(Duration patience) {
    Operation active = world.records.active(CLUSTER).orElseThrow().value();
    return world.run(active, patience);
  }
}
