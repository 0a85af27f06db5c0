package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.disabled;
import static dev.rekey.operation.Example.expiring;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeptKey;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.operation.Example;
import dev.rekey.operation.KmsExperience;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** KMS is off since yesterday; version 1 was the last one in use. */
class WatchKeptKeysTest {
  private static final KeyVersion NEAR = expiring(1, NOW.plus(Duration.ofDays(10)));

  private final World world = new World();
  private final Conduct conduct = Conduct.auto(Cloud.PUBLIC);

  @BeforeEach
  void kmsIsOff() {
    world.clusters.put(Example.cluster(KmsExperience.NONE, "", ETAG, "Succeeded"));
  }

  @Test
  void keptVersionIsAboutToExpire_isToldByTheTimerAndShownWithWhatToType() {
    turnedOff();
    vaultHas(NEAR);

    reconcile();

    assertThat(world.signals).contains("kept-key-at-risk near-expiry");
    KeptKey kept = Objects.requireNonNull(kept());
    assertThat(kept.version()).isEqualTo(key(1));
    assertThat(kept.state()).isEqualTo(KeptKey.State.NEAR_EXPIRY);
    assertThat(kept.remedy()).startsWith("az keyvault key set-attributes --id " + key(1));
  }

  @Test
  void keptVersionIsWell_isShownAndNothingIsTold() {
    turnedOff();
    vaultHas(version(1));

    reconcile();

    assertThat(told()).isEmpty();
    assertThat(Objects.requireNonNull(kept()).isAtRisk()).isFalse();
  }

  /** Secrets may even lie under it still. */
  @Test
  void kmsWasTurnedOffByHand_theVersionSeenLastIsWatchedAllTheSame() {
    world.records.begin(CLUSTER, ledger());
    vaultHas(disabled(1));

    reconcile();

    assertThat(told()).containsExactly("kept-key-at-risk disabled");
  }

  @Test
  void keyWasDeleted_isToldAsGone() {
    turnedOff();
    world.vault.fault = World.fault(OutsideSystem.VAULT, OutsideFault.Kind.NOT_FOUND);

    reconcile();

    assertThat(told()).containsExactly("kept-key-at-risk gone");
    assertThat(Objects.requireNonNull(kept()).remedy()).startsWith("az keyvault key recover ");
  }

  @Test
  void vaultGivesNoAnswer_isSaidAndNothingIsMadeOfIt() {
    turnedOff();
    world.vault.fault = World.fault(OutsideSystem.VAULT, OutsideFault.Kind.UNREACHABLE);

    reconcile();

    assertThat(told()).isEmpty();
    assertThat(world.signals).anyMatch(signal -> signal.startsWith("key-not-looked-at "));
  }

  @Test
  void turnedOnAgain_theVersionInUseIsNoKeptOne() {
    turnedOff();
    world.clusters.put(clusterOn(1));
    vaultHas(disabled(1));

    reconcile();

    assertThat(told()).isEmpty();
    assertThat(kept()).isNull();
  }

  @Test
  void nobodyEverSawAKey_thereIsNothingToKeep() {
    world.records.begin(CLUSTER, Ledger.firstSeen(NOW, null));

    reconcile();

    assertThat(told()).isEmpty();
    assertThat(kept()).isNull();
  }

  private void turnedOff() {
    world.records.begin(CLUSTER, ledger().off(NOW.minus(Duration.ofDays(1)), "off"));
  }

  private static Ledger ledger() {
    return Ledger.firstSeen(NOW.minus(Duration.ofDays(300)), key(1));
  }

  private void vaultHas(KeyVersion one) {
    world.versions.clear();
    world.versions.add(one);
  }

  private void reconcile() {
    new Reconcile(world.ports, conduct, Map::of).run();
  }

  private List<String> told() {
    return world.signals.stream().filter(signal -> signal.startsWith("kept-key-")).toList();
  }

  private @Nullable KeptKey kept() {
    return new ReportClusters(world.ports, conduct).report().clusters().get(0).kept();
  }
}
