package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.fleet.Alert;
import dev.rekey.fleet.AlertName;
import dev.rekey.fleet.Look;
import dev.rekey.fleet.OpenAlerts;
import dev.rekey.service.port.Signals;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaiseAlertsTest {
  private static final Alert EXPIRES =
      AlertName.SLOT_NEAR_EXPIRY.about("key-1", "within-30-days", "type this");
  private static final Alert OFF = AlertName.KMS_TURNED_OFF_OUTSIDE.about("key-1", "kms-off", "…");

  private final World world = new World();

  @Test
  void foundInEveryLook_isToldOnceAndOnceMoreWhenMended() {
    look(EXPIRES);
    look(EXPIRES);
    look();
    look();

    assertThat(world.signals)
        .containsExactly("slot-near-expiry within-30-days", "alert-mended slot-near-expiry");
  }

  @Test
  void nothingIsFound_nothingIsStored() {
    look();

    assertThat(world.table.listByPrefix(CLUSTER.value(), "")).isEmpty();
  }

  @Test
  void severalLooks_areStoredTogether() {
    new RaiseAlerts(world.ports)
        .after(
            CLUSTER,
            List.of(
                Look.of(List.of(EXPIRES), AlertName.SLOT_NEAR_EXPIRY),
                Look.of(List.of(OFF), AlertName.KMS_TURNED_OFF_OUTSIDE)));

    assertThat(world.records.alerts(CLUSTER).orElseThrow().value().open()).hasSize(2);
    assertThat(world.signals).hasSize(2);
  }

  @Test
  void diesAfterTelling_isToldTwiceRatherThanNever() {
    List<String> heard = new ArrayList<>();
    Ports dying =
        ports(
            (name, reason) -> {
              heard.add(name);
              throw new IllegalStateException("killed");
            });

    assertThatThrownBy(() -> look(dying, EXPIRES)).isInstanceOf(IllegalStateException.class);
    look(EXPIRES);

    assertThat(heard).containsExactly("slot-near-expiry");
    assertThat(world.signals).containsExactly("slot-near-expiry within-30-days");
  }

  @Test
  void anotherInstanceHasLookedMeanwhile_itsWordStands() {
    OpenAlerts theirs =
        OpenAlerts.NONE
            .after(Look.of(List.of(OFF), AlertName.KMS_TURNED_OFF_OUTSIDE), world.time.instant())
            .after();
    look(ports((name, reason) -> world.records.saveAlerts(CLUSTER, theirs, null)), EXPIRES);

    assertThat(world.records.alerts(CLUSTER).orElseThrow().value()).isEqualTo(theirs);
    look(EXPIRES);
    assertThat(world.records.alerts(CLUSTER).orElseThrow().value().open()).hasSize(2);
  }

  private void look(Alert... found) {
    look(world.ports, found);
  }

  private static void look(Ports ports, Alert... found) {
    new RaiseAlerts(ports)
        .after(CLUSTER, List.of(Look.of(List.of(found), AlertName.SLOT_NEAR_EXPIRY)));
  }

  private Ports ports(Signals signals) {
    return new Ports(
        world.clusters,
        world.surroundings,
        world.vault,
        world.servers,
        world.records,
        world.ports.messages(),
        signals,
        world.ports.ids(),
        world.time);
  }
}
