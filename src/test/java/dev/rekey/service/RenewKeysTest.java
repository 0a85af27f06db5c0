package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.expiring;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyEvent;
import dev.rekey.key.KeyEventType;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.RenewalIntent;
import dev.rekey.key.RotationPolicy;
import dev.rekey.operation.Kind;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Operation;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.storage.Row;
import dev.rekey.storage.UnreadableRow;
import java.time.Duration;
import java.time.Period;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The version in use expires in ten days, and there is none newer. */
class RenewKeysTest {
  private final World world = new World();
  private Conduct conduct = Conduct.auto(Cloud.PUBLIC);

  @BeforeEach
  void versionInUseIsAboutToExpire() {
    world.records.begin(CLUSTER, Ledger.firstSeen(NOW.minus(Duration.ofDays(300)), key(1)));
    world.servers.store(10, hash(1));
    world.versions.clear();
    world.versions.add(expiring(1, NOW.plus(Duration.ofDays(10))));
    world.vault.onRotate = () -> version(2);
  }

  @Test
  void eventSaysNearExpiry_oneVersionIsMadeAndTheRotationBegins() {
    nearExpiry();

    assertThat(world.vault.rotations).isEqualTo(1);
    assertThat(active().to()).isEqualTo(key(2));
  }

  @Test
  void eventComesTwice_oneVersionIsMade() {
    nearExpiry();
    nearExpiry();

    assertThat(world.vault.rotations).isEqualTo(1);
    assertThat(world.records.operations(CLUSTER)).hasSize(1);
  }

  @Test
  void eventIsLost_theTimerMakesTheVersion() {
    new Reconcile(world.ports, conduct, Map::of).run();

    assertThat(world.vault.rotations).isEqualTo(1);
    assertThat(active().to()).isEqualTo(key(2));
  }

  @Test
  void intentIsOfAnotherRelease_noVersionIsMadeAndTheClusterIsLookedAtAllTheSame() {
    world.records.intend(key(1).key(), new RenewalIntent(key(1), NOW), null);
    Row intent = world.table.listByPrefix("_keys", "").get(0);
    world.writeByAnotherRelease(intent.partition(), intent.rowKey());
    Conduct counting = Conduct.auto(Cloud.PUBLIC).counting(Period.ofDays(7));

    assertThatThrownBy(() -> new Reconcile(world.ports, counting, Map::of).run())
        .isInstanceOf(UnreadableRow.class);

    assertThat(world.vault.rotations).isZero();
    assertThat(active().kind()).isEqualTo(Kind.CENSUS);
  }

  @Test
  void clusterIsSeenForTheFirstTime_theVersionThatIsMadeForItIsTakenAllTheSame() {
    World fresh = new World();
    fresh.servers.store(10, hash(1));
    fresh.versions.clear();
    fresh.versions.add(expiring(1, NOW.plus(Duration.ofDays(10))));
    fresh.vault.onRotate =
        () -> {
          fresh.time.pass(Duration.ofSeconds(1));
          return new KeyVersion(
              key(2), true, fresh.time.instant(), null, null, "RSA", Set.of("encrypt", "decrypt"));
        };

    new Reconcile(fresh.ports, conduct, Map::of).run();

    assertThat(fresh.records.active(CLUSTER).orElseThrow().value().to()).isEqualTo(key(2));
  }

  @Test
  void intentIsStoredBeforeTheVaultIsAsked() {
    world.vault.onRotate =
        () -> {
          assertThat(world.records.renewal(key(1).key())).isPresent();
          return version(2);
        };

    nearExpiry();

    assertThat(world.vault.rotations).isEqualTo(1);
  }

  @Test
  void answerIsLost_theVersionThatWasMadeIsTakenInsteadOfMakingAnother() {
    world.vault.onRotate =
        () -> {
          world.versions.add(version(2));
          throw new OutsideFault(OutsideSystem.VAULT, OutsideFault.Kind.TIMED_OUT, "lost");
        };

    nearExpiry();
    world.time.pass(Duration.ofMinutes(11));
    nearExpiry();

    assertThat(world.vault.rotations).isEqualTo(1);
    assertThat(active().to()).isEqualTo(key(2));
    assertThat(world.signals).contains("key-not-looked-at VAULT/TIMED_OUT");
  }

  @Test
  void callNeverArrived_itIsMadeAgainOnceTheIntentIsOld() {
    world.vault.onRotate =
        () -> {
          throw new OutsideFault(OutsideSystem.VAULT, OutsideFault.Kind.UNREACHABLE, "lost");
        };
    nearExpiry();
    world.vault.onRotate = () -> version(2);

    nearExpiry();
    assertThat(world.vault.rotations).isEqualTo(1);
    world.time.pass(Duration.ofMinutes(11));
    nearExpiry();

    assertThat(world.vault.rotations).isEqualTo(2);
    assertThat(active().to()).isEqualTo(key(2));
  }

  @Test
  void anotherInstanceHasJustSavedItsIntent_nothingIsMade() {
    world.records.intend(key(1).key(), new RenewalIntent(key(1), NOW), null);

    nearExpiry();

    assertThat(world.vault.rotations).isZero();
    assertThat(world.signals).contains("key-near-expiry renewal-under-way");
  }

  @Test
  void noApiServerIsSeenToUseTheKey_nothingIsMade() {
    world.servers.replicas.clear();
    world.servers.replica("a", hash(7));

    nearExpiry();

    assertThat(world.vault.rotations).isZero();
    assertThat(world.signals).contains("key-near-expiry no-api-server-seen-to-use-it");
  }

  @Test
  void apiServersCannotBeAsked_nothingIsMade() {
    world.servers.failNext(
        "leases", World.fault(OutsideSystem.API_SERVER, OutsideFault.Kind.FORBIDDEN));

    nearExpiry();

    assertThat(world.vault.rotations).isZero();
  }

  @Test
  void observedOnly_nothingIsMade() {
    conduct = Conduct.auto(Cloud.PUBLIC).with(Mode.OBSERVE);

    nearExpiry();

    assertThat(world.vault.rotations).isZero();
    assertThat(world.records.operations(CLUSTER)).isEmpty();
    assertThat(world.signals).contains("key-near-expiry observe-only");
  }

  @Test
  void tagSaysObserve_nothingIsMade() {
    ManagedCluster plain = clusterOn(1);
    world.clusters.put(
        new ManagedCluster(
            plain.name(),
            plain.resourceId(),
            plain.experience(),
            plain.kms(),
            plain.kubernetesVersion(),
            plain.etag(),
            plain.provisioningState(),
            Map.of("Rekey-Mode", "observe")));

    nearExpiry();

    assertThat(world.vault.rotations).isZero();
  }

  @Test
  void toldToNotifyOnly_saysSoAndMakesNothing() {
    conduct = Conduct.auto(Cloud.PUBLIC).creatingNone();

    nearExpiry();

    assertThat(world.vault.rotations).isZero();
    assertThat(world.signals).contains("key-near-expiry notify");
  }

  @Test
  void eventIsALie_nothingIsMade() {
    world.versions.set(0, expiring(1, NOW.plus(Duration.ofDays(90))));

    nearExpiry();

    assertThat(world.vault.rotations).isZero();
  }

  @Test
  void vaultWillRotateByItself_saysSoAndMakesNothing() {
    world.vault.policy = new RotationPolicy(null, null, Period.ofDays(8));

    nearExpiry();

    assertThat(world.vault.rotations).isZero();
    assertThat(world.signals).contains("key-near-expiry vault-rotates-first");
  }

  @Test
  void policyCannotBeRead_nothingIsMade() {
    OutsideFault refused = World.fault(OutsideSystem.VAULT, OutsideFault.Kind.FORBIDDEN);
    world.vault.policyFault = refused;

    nearExpiry();

    assertThat(world.vault.rotations).isZero();
    assertThat(world.signals).contains("key-not-looked-at VAULT/FORBIDDEN");
  }

  private void nearExpiry() {
    new ReceiveKeyEvent(world.ports, conduct)
        .handle(new KeyEvent(KeyEventType.NEAR_EXPIRY, key(1), null, null));
  }

  private Operation active() {
    return world.records.active(CLUSTER).orElseThrow().value();
  }
}
