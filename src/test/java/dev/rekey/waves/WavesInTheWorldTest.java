package dev.rekey.waves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.service.ClusterReport;
import dev.rekey.service.Conduct;
import dev.rekey.service.ReleaseAnswer;
import dev.rekey.simulation.azure.Maintenance;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several simulated clusters with one key, from the vault's new version to the proofs. */
class WavesInTheWorldTest {
  private static final int OTHERS = 11;

  private final WavesWorld world = new WavesWorld(Conduct.auto(Cloud.PUBLIC).atMost(OTHERS + 1));
  private final List<ClusterName> others = new ArrayList<>();

  @Test
  void twelveClustersAndACanary_theOthersGoOnceItIsProved() {
    ClusterName canary = twelve();
    KeyId second = world.makeVersion();

    world.deliver(second);
    assertThat(world.active(canary)).isNotNull();
    others.forEach(other -> assertThat(world.active(other)).isNull());
    world.pass(Duration.ofHours(3));

    assertThat(world.isProvedOn(canary, second)).isTrue();
    others.forEach(other -> assertThat(world.isProvedOn(other, second)).isTrue());
    Instant provedAt = world.last(canary).progress().ending().at();
    others.forEach(other -> assertThat(world.last(other).startedAt()).isAfterOrEqualTo(provedAt));
    others.forEach(other -> assertThat(world.updates(other)).isEqualTo(1));
  }

  @Test
  void canaryStalls_nobodyElseBeginsTheReasonNamesItAndAPersonLetsThemGo() {
    ClusterName canary = twelve();
    world.stick(canary);
    KeyId second = world.makeVersion();
    world.deliver(second);
    world.pass(Duration.ofHours(6));

    Operation stalled = world.active(canary);
    assertThat(stalled.progress().pending().reason()).isEqualTo(Reason.NOT_CONVERGING);
    for (ClusterName other : others) {
      assertThat(world.operations(other)).isEmpty();
      ClusterReport report = world.report(other);
      assertThat(report.standing()).isEqualTo("held-by-wave");
      assertThat(report.hold().detail())
          .contains(canary.value() + " of wave 0")
          .contains("has stalled at converge (not-converging)");
    }
    assertThat(world.signals).contains("rotation-not-begun held-by-wave");

    assertThat(world.release(null, "r1")).isInstanceOf(ReleaseAnswer.Released.class);
    assertThat(world.report(others.get(0)).release().actor()).isEqualTo("ana");
    world.pass(Duration.ofHours(3));

    others.forEach(other -> assertThat(world.isProvedOn(other, second)).isTrue());
    assertThat(world.isProvedOn(canary, second)).isFalse();
    world.mend(canary);
    world.pass(Duration.ofHours(3));
    assertThat(world.isProvedOn(canary, second)).isTrue();
  }

  @Test
  void canaryIsMended_theOthersGoByThemselves() {
    ClusterName canary = twelve();
    world.stick(canary);
    KeyId second = world.makeVersion();
    world.pass(Duration.ofHours(4));
    others.forEach(other -> assertThat(world.operations(other)).isEmpty());

    world.mend(canary);
    world.pass(Duration.ofHours(4));

    assertThat(world.isProvedOn(canary, second)).isTrue();
    others.forEach(other -> assertThat(world.isProvedOn(other, second)).isTrue());
  }

  @Test
  void releaseUpToAWave_theNextStillWaitsForThisOne() {
    ClusterName canary = world.add("canary");
    ClusterName middle = world.add("middle", "rekey-wave", "1");
    ClusterName last = world.add("last", "rekey-wave", "2");
    world.stick(canary);
    KeyId second = world.makeVersion();
    world.pass(Duration.ofHours(1));

    world.release(1, "r1");
    world.pass(Duration.ofHours(2));

    assertThat(world.isProvedOn(middle, second)).isTrue();
    assertThat(world.operations(last)).isEmpty();
    assertThat(world.report(last).hold().detail()).contains(canary.value());
  }

  @Test
  void fleetWideLimit_neverMoreAreUnderWayAndAllComeToTheirEnd() {
    WavesWorld narrow = new WavesWorld(Conduct.auto(Cloud.PUBLIC).atMost(2));
    List<ClusterName> all = new ArrayList<>();
    for (int number = 0; number < 6; number++) {
      all.add(narrow.add("c" + number));
    }
    KeyId second = narrow.makeVersion();

    for (int minutes = 0; minutes < 240; minutes++) {
      narrow.pass(Duration.ofMinutes(1));
      assertThat(all.stream().filter(one -> narrow.active(one) != null).count())
          .isLessThanOrEqualTo(2);
    }

    all.forEach(one -> assertThat(narrow.isProvedOn(one, second)).isTrue());
    assertThat(narrow.signals).contains("rotation-not-begun fleet-at-its-limit");
  }

  @Test
  void manyEventsOutOfOrderLateAndTwice_theNewestWinsWithOneUpdate() {
    ClusterName cluster = world.add("one");
    KeyId second = world.makeVersion();
    KeyId third = world.makeVersion();
    KeyId fourth = world.makeVersion();

    world.deliver(third);
    world.deliver(second);
    world.deliver(fourth);
    world.deliver(second);
    world.pass(Duration.ofHours(2));
    world.deliver(third);
    world.pass(Duration.ofHours(1));

    assertThat(world.isProvedOn(cluster, fourth)).isTrue();
    assertThat(world.updates(cluster)).isEqualTo(1);
    assertThat(world.operations(cluster)).hasSize(1);
  }

  @Test
  void versionsArriveWhileOneIsUnsent_eachIsSkippedForTheNext() {
    ClusterName cluster = world.add("one");
    world.deliver(world.makeVersion());
    world.deliver(world.makeVersion());
    KeyId newest = world.makeVersion();
    world.deliver(newest);
    world.pass(Duration.ofHours(2));

    assertThat(world.isProvedOn(cluster, newest)).isTrue();
    assertThat(world.updates(cluster)).isEqualTo(1);
    assertThat(world.operations(cluster))
        .extracting(one -> one.progress().ending().reason())
        .containsExactly(Reason.SUPERSEDED, Reason.SUPERSEDED, Reason.RECORDED);
  }

  /** Its event is lost: what is sent is decided by the vault alone. */
  @Test
  void versionIsMadeBetweenTheChecksAndTheUpdate_theOlderIsNeverSent() {
    ClusterName cluster = world.add("one");
    world.deliver(world.makeVersion());
    while (world.active(cluster).progress().steps().isEmpty()) {
      world.step();
    }
    KeyId newest = world.makeVersion();
    world.pass(Duration.ofHours(2));

    assertThat(world.isProvedOn(cluster, newest)).isTrue();
    assertThat(world.updates(cluster)).isEqualTo(1);
  }

  @Test
  void versionArrivesAfterTheUpdate_itWaitsBehindTheProof() {
    ClusterName cluster = world.add("one");
    KeyId second = world.makeVersion();
    world.deliver(second);
    while (world.updates(cluster) == 0) {
      world.pass(Duration.ofSeconds(5));
    }
    KeyId third = world.makeVersion();
    world.deliver(third);
    world.pass(Duration.ofHours(3));

    assertThat(world.operations(cluster)).hasSize(2);
    Operation first = world.operations(cluster).get(0);
    assertThat(first.to()).isEqualTo(second);
    assertThat(first.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.last(cluster).startedAt()).isAfterOrEqualTo(first.progress().ending().at());
    assertThat(world.isProvedOn(cluster, third)).isTrue();
    assertThat(world.updates(cluster)).isEqualTo(2);
  }

  @Test
  void windowClosesWhileTheOperationIsProving_itGoesOnToItsEnd() {
    ClusterName cluster = world.add("one");
    world.arm.setMaintenance(
        cluster, Maintenance.weekly("default", DayOfWeek.THURSDAY, LocalTime.of(9, 0), 1));
    KeyId second = world.makeVersion();
    world.deliver(second);
    while (world.updates(cluster) == 0) {
      world.pass(Duration.ofSeconds(5));
    }
    world.arm.setMaintenance(
        cluster, Maintenance.weekly("default", DayOfWeek.MONDAY, LocalTime.of(1, 0), 4));
    world.pass(Duration.ofHours(1));

    assertThat(world.last(cluster).progress().ending().outcome())
        .isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.isProvedOn(cluster, second)).isTrue();
  }

  @Test
  void windowIsClosed_nothingBeginsBeforeItOpens() {
    ClusterName cluster = world.add("one");
    world.arm.setMaintenance(
        cluster,
        Maintenance.weekly(
            "aksManagedAutoUpgradeSchedule", DayOfWeek.SATURDAY, LocalTime.of(2, 0), 4));
    KeyId second = world.makeVersion();
    world.deliver(second);
    world.pass(Duration.ofDays(1));
    assertThat(world.operations(cluster)).isEmpty();
    assertThat(world.report(cluster).standing()).isEqualTo("outside-window");
    world.pass(Duration.ofDays(1));

    Operation rotated = world.last(cluster);
    assertThat(rotated.startedAt()).isAfterOrEqualTo(Instant.parse("2026-01-17T02:00:00Z"));
    assertThat(rotated.progress().ending().at()).isBefore(Instant.parse("2026-01-17T06:00:00Z"));
    assertThat(world.isProvedOn(cluster, second)).isTrue();
  }

  @Test
  void windowClosesBeforeTheUpdate_theClusterWaitsUntouchedForTheNextOne() {
    ClusterName cluster = world.add("one", "rekey-window", "Thu 08:00-10:00; Fri 03:00-04:00");
    KeyId second = world.makeVersion();
    world.deliver(second);
    world.arm.changedByAnother(
        cluster, body -> body.withObject("/tags").put("rekey-window", "Fri 03:00-04:00"));
    world.pass(Duration.ofHours(12));

    assertThat(world.active(cluster).progress().pending().step())
        .isEqualTo(StepName.UPDATE_CLUSTER);
    assertThat(world.active(cluster).progress().pending().reason())
        .isEqualTo(Reason.OUTSIDE_WINDOW);
    assertThat(world.updates(cluster)).isZero();
    world.pass(Duration.ofHours(8));
    assertThat(world.isProvedOn(cluster, second)).isTrue();
    assertThat(world.operations(cluster)).hasSize(1);
  }

  private ClusterName twelve() {
    ClusterName canary = world.add("canary");
    for (int number = 0; number < OTHERS; number++) {
      others.add(world.add("other-" + number, "rekey-wave", "1"));
    }
    return canary;
  }
}
