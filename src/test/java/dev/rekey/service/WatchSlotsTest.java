package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.disabled;
import static dev.rekey.operation.Example.expiring;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.fleet.Alert;
import dev.rekey.fleet.OpenAlerts;
import dev.rekey.key.Cloud;
import dev.rekey.key.Extension;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.RenewalIntent;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Mode;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Version 1 is in the previous slot, version 2, the newest, in the current one. */
class WatchSlotsTest {
  private static final Instant IN_40_DAYS = NOW.plus(Duration.ofDays(40));

  private final World world = new World();
  private Conduct conduct = Conduct.auto(Cloud.PUBLIC).creatingNone();

  @BeforeEach
  void rotatedOnce() {
    world.records.begin(CLUSTER, rotated(NOW.minus(Duration.ofDays(300))));
    world.servers.replicas.clear();
    world.servers.replica("a", hash(1));
    world.servers.replicas.values().forEach(one -> one.loads(hash(2)));
    world.clusters.put(clusterOn(2));
  }

  private static Ledger rotated(Instant met) {
    return Ledger.firstSeen(met, key(1)).current(key(2), NOW.minus(Duration.ofDays(9)), "earlier");
  }

  @Test
  void previousOneExpires_isToldAtEachStepAndAtOnceWhenItHas() {
    vaultHas(expiring(1, IN_40_DAYS), version(2));

    for (int day = 0; day <= 41; day++) {
      reconcile();
      world.time.pass(Duration.ofDays(1));
    }

    assertThat(told())
        .containsExactly(
            "slot-near-expiry within-30-days",
            "slot-near-expiry within-14-days",
            "slot-near-expiry within-7-days",
            "slot-near-expiry within-3-days",
            "slot-near-expiry within-1-day",
            "slot-unusable expired",
            "alert-mended slot-near-expiry");
    assertThat(open())
        .singleElement()
        .satisfies(
            alert ->
                assertThat(alert.detail())
                    .startsWith("prod-1 needs " + key(1) + " in its previous slot: it has expired")
                    .contains("type: az keyvault key set-attributes --id " + key(1)));
  }

  @Test
  void currentOneExpires_isToldToo() {
    vaultHas(version(1), expiring(2, NOW.plus(Duration.ofDays(2))));

    reconcile();

    assertThat(told()).containsExactly("slot-near-expiry within-3-days");
    assertThat(open().get(0).detail()).contains("in its current slot: it expires soon");
  }

  @Test
  void somebodyDisablesThePreviousOne_isToldWithTheRemedyAndMendedOnceEnabled() {
    vaultHas(disabled(1), version(2));
    reconcile();
    reconcile();
    assertThat(told()).containsExactly("slot-unusable disabled");
    assertThat(open().get(0).detail())
        .endsWith("type: az keyvault key set-attributes --id " + key(1) + " --enabled true");

    vaultHas(version(1), version(2));
    reconcile();

    assertThat(told()).containsExactly("slot-unusable disabled", "alert-mended slot-unusable");
    assertThat(open()).isEmpty();
  }

  @Test
  void versionThatNoSlotNeeds_isLeftAlone() {
    world.versions.clear();
    world.versions.addAll(List.of(version(1), version(2), disabled(3)));

    reconcile();

    assertThat(told()).isEmpty();
  }

  @Test
  void keyWasDeleted_isToldOnceForBothSlotsWithTheRemedy() {
    world.vault.fault = World.fault(OutsideSystem.VAULT, OutsideFault.Kind.NOT_FOUND);

    reconcile();

    assertThat(told()).containsExactly("key-missing deleted");
    assertThat(open().get(0).detail())
        .endsWith("type: az keyvault key recover --vault-name example --name etcd");
  }

  @Test
  void versionIsGone_isTold() {
    vaultHas(version(2));

    reconcile();

    assertThat(told()).containsExactly("slot-unusable gone");
  }

  @Test
  void vaultGivesNoAnswer_whatIsOpenStaysOpen() {
    vaultHas(disabled(1), version(2));
    reconcile();
    world.vault.fault = World.fault(OutsideSystem.VAULT, OutsideFault.Kind.UNREACHABLE);

    reconcile();

    assertThat(told()).containsExactly("slot-unusable disabled");
    assertThat(open()).extracting(Alert::name).contains("slot-unusable", "vault-unreachable");
    assertThat(world.signals).contains("vault-unreachable VAULT/UNREACHABLE");

    world.vault.fault = null;
    reconcile();

    assertThat(open()).extracting(Alert::name).containsExactly("slot-unusable");
  }

  @Test
  void vaultAsksToComeBackLater_nothingIsMadeOfIt() {
    world.vault.fault = World.fault(OutsideSystem.VAULT, OutsideFault.Kind.BUSY);

    reconcile();

    assertThat(world.records.alerts(CLUSTER)).isEmpty();
    assertThat(world.signals).contains("key-not-looked-at VAULT/BUSY");
  }

  /** Nobody knows what AKS had before we met. */
  @Test
  void previousSlotIsUnknown_onlyTheCurrentOneIsWatched() {
    Stored<Ledger> stored = world.records.ledger(CLUSTER).orElseThrow();
    world.records.save(
        CLUSTER, stored.with(Ledger.firstSeen(NOW.minus(Duration.ofDays(300)), key(2))));
    vaultHas(disabled(1), version(2));

    reconcile();

    assertThat(told()).isEmpty();
  }

  @Test
  void twelveClustersOnOneKey_theVaultIsAskedOnceToWatchAllAndOnceToRotateAny() {
    for (int number = 2; number <= 12; number++) {
      clusterLike("prod-" + number);
    }
    vaultHas(expiring(1, NOW.plus(Duration.ofDays(5))), version(2));

    reconcile();

    assertThat(world.vault.lists).isEqualTo(2);
    assertThat(told().stream().filter("slot-near-expiry within-7-days"::equals)).hasSize(12);
  }

  private void clusterLike(String name) {
    ManagedCluster first = clusterOn(2);
    ClusterName other = new ClusterName(name);
    world.records.begin(other, rotated(NOW.minus(Duration.ofDays(300))));
    world.clusters.put(
        new ManagedCluster(
            other,
            first.resourceId().replace("prod-1", name),
            first.experience(),
            first.kms(),
            first.kubernetesVersion(),
            first.etag(),
            first.provisioningState(),
            Map.of()));
  }

  @Test
  void extendIsAskedFor_theExpiryIsMovedOnceAndNothingIsTold() {
    conduct = conduct.extendingPrevious();
    vaultHas(expiring(1, NOW.plus(Duration.ofDays(29))), version(2));

    reconcile();
    world.time.pass(Duration.ofHours(2));
    reconcile();

    assertThat(world.vault.extensions)
        .containsExactly(new Extension(key(1), NOW.plus(Duration.ofDays(365))));
    assertThat(world.signals).contains("previous-extended near-expiry");
    assertThat(told()).isEmpty();
  }

  @Test
  void severalClustersNeedIt_itIsMovedOnce() {
    conduct = conduct.extendingPrevious();
    clusterLike("prod-2");
    vaultHas(expiring(1, NOW.plus(Duration.ofDays(29))), version(2));

    reconcile();

    assertThat(world.vault.extensions).hasSize(1);
  }

  @Test
  void onlyToBeNotified_nothingIsMoved() {
    vaultHas(expiring(1, NOW.plus(Duration.ofDays(29))), version(2));

    reconcile();

    assertThat(world.vault.extensions).isEmpty();
  }

  /** Somebody wants it so. */
  @Test
  void disabledAndNearExpiry_isNeitherEnabledNorMoved() {
    conduct = conduct.extendingPrevious();
    KeyVersion soon = expiring(1, NOW.plus(Duration.ofDays(3)));
    vaultHas(
        new KeyVersion(
            soon.id(), false, soon.created(), null, soon.expires(), soon.type(), soon.operations()),
        version(2));

    reconcile();

    assertThat(world.vault.extensions).isEmpty();
    assertThat(told()).containsExactly("slot-unusable disabled");
  }

  @Test
  void k9_noApiServerIsSeenToUseIt_nothingIsMoved() {
    conduct = conduct.extendingPrevious();
    world.servers.replicas.clear();
    world.servers.replica("a", hash(2));
    vaultHas(expiring(1, NOW.plus(Duration.ofDays(3))), version(2));

    reconcile();

    assertThat(world.vault.extensions).isEmpty();
    assertThat(told())
        .containsExactly(
            "previous-not-extended no-api-server-seen-to-use-it", "slot-near-expiry within-3-days");
  }

  @Test
  void observedOnly_nothingIsMoved() {
    conduct = conduct.extendingPrevious().with(Mode.OBSERVE);
    vaultHas(expiring(1, NOW.plus(Duration.ofDays(3))), version(2));

    reconcile();

    assertThat(world.vault.extensions).isEmpty();
    assertThat(told()).containsExactly("slot-near-expiry within-3-days");
  }

  @Test
  void currentOneExpires_itIsNotTheOneThatIsMoved() {
    conduct = conduct.extendingPrevious();
    vaultHas(version(1), expiring(2, NOW.plus(Duration.ofDays(3))));

    reconcile();

    assertThat(world.vault.extensions).isEmpty();
  }

  @Test
  void rightToMoveItIsMissing_isAskedForHourlyAndToldOnce() {
    conduct = conduct.extendingPrevious();
    vaultHas(expiring(1, NOW.plus(Duration.ofDays(29))), version(2));
    world.vault.extendFault = World.fault(OutsideSystem.VAULT, OutsideFault.Kind.FORBIDDEN);

    for (int tick = 0; tick < 10; tick++) {
      reconcile();
      world.time.pass(Duration.ofMinutes(10));
    }

    assertThat(world.vault.extensions).hasSize(2);
    assertThat(told())
        .containsExactly(
            "previous-not-extended VAULT/FORBIDDEN", "slot-near-expiry within-30-days");

    world.vault.extendFault = null;
    world.time.pass(Duration.ofHours(1));
    reconcile();

    assertThat(told())
        .endsWith("alert-mended previous-not-extended", "alert-mended slot-near-expiry");
  }

  @Test
  void anotherInstanceIsAboutToMoveIt_nothingIsMoved() {
    conduct = conduct.extendingPrevious();
    world.records.intendExtension(new RenewalIntent(key(1), NOW), null);
    vaultHas(expiring(1, NOW.plus(Duration.ofDays(29))), version(2));

    reconcile();

    assertThat(world.vault.extensions).isEmpty();
  }

  private void vaultHas(KeyVersion... versions) {
    world.versions.clear();
    world.versions.addAll(List.of(versions));
  }

  private void reconcile() {
    new Reconcile(world.ports, conduct, Map::of).run();
  }

  private List<String> told() {
    return world.signals.stream()
        .filter(
            signal ->
                signal.startsWith("slot-")
                    || signal.startsWith("key-missing")
                    || signal.startsWith("previous-not-")
                    || signal.startsWith("alert-mended"))
        .toList();
  }

  private List<Alert> open() {
    return world.records.alerts(CLUSTER).orElseThrow().value().open().stream()
        .map(OpenAlerts.Open::alert)
        .toList();
  }
}
