package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.key.Cloud;
import dev.rekey.key.Ledger;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Route;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.storage.UnreadableRow;
import java.time.Duration;
import java.time.Period;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconcileTest {
  private static final Conduct AUTO = Conduct.auto(Cloud.PUBLIC);
  private static final Conduct WEEKLY =
      Conduct.auto(Cloud.PUBLIC).with(Mode.OBSERVE).creatingNone().counting(Period.ofDays(7));

  private final World world = new World();

  @BeforeEach
  void clusterIsKnownForLong() {
    world.records.begin(CLUSTER, Ledger.firstSeen(NOW.minus(Duration.ofDays(300)), key(1)));
    world.servers.store(10, hash(1));
  }

  @Test
  void poisonIsThere_itIsCounted() {
    new Reconcile(world.ports, AUTO, () -> Map.of("rekey-shards-poison", 3L)).run();

    assertThat(world.signals).contains("poison-messages rekey-shards-poison");
  }

  @Test
  void poisonCannotBeCounted_theRestIsDoneAllTheSame() {
    OutsideFault fault = World.fault(OutsideSystem.STORAGE, OutsideFault.Kind.BUSY);

    new Reconcile(
            world.ports,
            AUTO,
            () -> {
              throw fault;
            })
        .run();

    assertThat(world.signals).contains("poison-not-counted STORAGE/BUSY");
    assertThat(world.records.active(CLUSTER)).isPresent();
  }

  @Test
  void armDoesNotList_operationsThatLostTheirMessageAreTakenUpAllTheSame() {
    Operation lost = world.start(Kind.ROTATE);
    world.sent.clear();
    world.time.pass(Duration.ofMinutes(6));
    world.clusters.listFault = World.fault(OutsideSystem.ARM, OutsideFault.Kind.BUSY);

    assertThatThrownBy(() -> new Reconcile(world.ports, AUTO, Map::of).run())
        .isInstanceOf(OutsideFault.class);

    assertThat(world.sent)
        .extracting(World.Sent::message)
        .containsExactly(new Message.Advance(CLUSTER, lost.id(), 1));
  }

  @Test
  void clusterHasLeftTheScope_itsOperationIsTakenUpAllTheSame() {
    world.start(Kind.ROTATE);
    world.sent.clear();
    world.clusters.clusters.clear();
    world.time.pass(Duration.ofMinutes(6));

    new Reconcile(world.ports, AUTO, Map::of).run();

    assertThat(world.sent).hasSize(1);
  }

  @Test
  void operationElsewhereIsOfAnotherRelease_theClusterIsLookedAtAllTheSame() {
    ClusterName elsewhere = new ClusterName("elsewhere");
    world.records.start(operationOn(elsewhere));
    world.writeByAnotherRelease(elsewhere.value(), "operation-20260228-1");

    assertThatThrownBy(() -> new Reconcile(world.ports, AUTO, Map::of).run())
        .isInstanceOf(UnreadableRow.class);

    assertThat(world.records.active(CLUSTER)).isPresent();
  }

  private static Operation operationOn(ClusterName cluster) {
    Origin origin = new Origin(Origin.Trigger.TIMER, "rekey", "for a test");
    return new Operation(
        "20260228-1", Kind.CENSUS, cluster, origin, Route.of(key(1), key(1)), NOW, Progress.START);
  }

  @Test
  void neverCounted_aCensusBegins() {
    new Reconcile(world.ports, WEEKLY, Map::of).run();

    Operation census = world.records.active(CLUSTER).orElseThrow().value();
    assertThat(census.kind()).isEqualTo(Kind.CENSUS);
    assertThat(census.to()).isEqualTo(key(1));
  }

  @Test
  void countedThisWeek_noCensusBegins() {
    new Reconcile(world.ports, WEEKLY, Map::of).run();
    world.run(world.records.active(CLUSTER).orElseThrow().value(), Duration.ofMinutes(10));
    assertThat(world.records.active(CLUSTER)).isEmpty();

    world.time.pass(Duration.ofDays(6));
    new Reconcile(world.ports, WEEKLY, Map::of).run();
    assertThat(world.records.operations(CLUSTER)).hasSize(1);

    world.time.pass(Duration.ofDays(2));
    new Reconcile(world.ports, WEEKLY, Map::of).run();
    assertThat(world.records.operations(CLUSTER)).hasSize(2);
  }

  @Test
  void rotationIsDueAndACensusToo_theRotationGoesFirst() {
    Conduct both = Conduct.auto(Cloud.PUBLIC).counting(Period.ofDays(7));

    new Reconcile(world.ports, both, Map::of).run();

    assertThat(world.records.active(CLUSTER).orElseThrow().value().kind()).isEqualTo(Kind.ROTATE);
  }

  @Test
  void reportOfAClusterThatIsDue_saysWhereTo() {
    ClusterReport report = new ReportClusters(world.ports, AUTO).report().clusters().get(0);

    assertThat(report.cluster()).isEqualTo(clusterOn(1));
    assertThat(report.standing()).isEqualTo("rotation-due");
    assertThat(report.newest()).isEqualTo(key(2));
    assertThat(report.mode()).isEqualTo(Mode.AUTO);
  }

  @Test
  void reportWhileAnOperationRuns_namesIt() {
    Operation active = world.start(Kind.ROTATE);

    ClusterReport report = new ReportClusters(world.ports, AUTO).report().clusters().get(0);

    assertThat(report.standing()).isEqualTo("operation-active");
    assertThat(report.active()).isEqualTo(active);
  }

  @Test
  void reportOfAClusterWhoseVaultIsSilent_saysSo() {
    world.vault.fault = World.fault(OutsideSystem.VAULT, OutsideFault.Kind.FORBIDDEN);

    ClusterReport report = new ReportClusters(world.ports, AUTO).report().clusters().get(0);

    assertThat(report.standing()).isEqualTo("not-looked-at VAULT/FORBIDDEN");
  }
}
