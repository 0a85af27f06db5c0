package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.cluster;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.fleet.Alert;
import dev.rekey.fleet.OpenAlerts;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.LedgerEntry;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.ShownKms;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cluster is known to be on version 1; somebody else has led it to version 2, the newest. */
class NoticeChangesTest {
  private static final String FOREIGN = "https://victim.vault.azure.net/keys/payments/v1";

  private final World world = new World();
  private Conduct conduct = Conduct.auto(Cloud.PUBLIC);

  @BeforeEach
  void movedByHand() {
    world.records.begin(CLUSTER, Ledger.firstSeen(NOW.minus(Duration.ofDays(300)), key(1)));
    world.servers.store(10, hash(1));
    world.clusters.put(clusterOn(2, "\"etag-7\"", "Succeeded"));
    world.servers.replicas.values().forEach(one -> one.loads(hash(2)));
  }

  @Test
  void movedByHand_isNotedToldRewrittenAndProved() {
    reconcile();

    assertThat(ledger().currentKey()).contains(key(2));
    assertThat(ledger().previousSlot(key(2)).version()).isEqualTo(key(1));
    assertThat(world.signals).contains("key-id-changed-outside another-version");
    Operation begun = active().orElseThrow();
    assertThat(begun.kind()).isEqualTo(Kind.REENCRYPT);
    assertThat(begun.origin().trigger()).isEqualTo(Origin.Trigger.TIMER);
    assertThat(begun.to()).isEqualTo(key(2));

    Operation ended = world.run(begun, Duration.ofHours(1));
    reconcile();

    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(ledger().foundUnproved()).isEmpty();
    assertThat(world.signals).contains("alert-mended key-id-changed-outside");
    assertThat(world.records.operations(CLUSTER)).hasSize(1);
  }

  @Test
  void seenForTheFirstTime_thereIsNothingToNotice() {
    World fresh = new World();
    fresh.clusters.put(clusterOn(2));

    new Reconcile(fresh.ports, conduct, Map::of).run();

    assertThat(fresh.records.operations(CLUSTER)).isEmpty();
    assertThat(fresh.signals).noneMatch(signal -> signal.startsWith("key-id-changed"));
  }

  @Test
  void nothingHasChanged_nothingIsStoredOrBegun() {
    world.clusters.put(clusterOn(1));
    world.versions.remove(1);

    reconcile();

    assertThat(world.records.operations(CLUSTER)).isEmpty();
    assertThat(world.records.alerts(CLUSTER)).isEmpty();
    assertThat(ledger().entries()).hasSize(1);
  }

  @Test
  void sameVersionInOtherLetters_isNoChange() {
    world.clusters.put(
        cluster(
            KmsExperience.VERSIONED_KEY,
            key(1).url().replace("/v1", "/V1"),
            "\"etag-7\"",
            "Succeeded"));
    world.versions.remove(1);

    reconcile();

    assertThat(ledger().entries()).hasSize(1);
  }

  /** The list may be older than what an operation has brought about since. */
  @Test
  void freshLookShowsWhatTheLedgerSays_nothingIsNoted() {
    ManagedCluster listed = clusterOn(2, "\"etag-7\"", "Succeeded");
    world.clusters.put(clusterOn(1));

    assertThat(notice(listed)).isFalse();

    assertThat(ledger().entries()).hasSize(1);
  }

  @Test
  void changeIsStillUnderWay_isLeftForTheNextLook() {
    world.clusters.put(clusterOn(2, "\"etag-7\"", "Updating"));

    reconcile();

    assertThat(ledger().entries()).hasSize(1);
    assertThat(world.records.operations(CLUSTER)).isEmpty();
  }

  @Test
  void operationIsActive_itSeesForItself() {
    world.start(Kind.CENSUS);

    assertThat(notice(world.clusters.clusters.get(CLUSTER.value()))).isFalse();

    assertThat(ledger().entries()).hasSize(1);
  }

  /** Its intent is in the ledger before anything is sent. */
  @Test
  void operationBeginsMeanwhile_nothingIsNoted() {
    FakeClusters racing =
        new FakeClusters(world.log) {
          @Override
          public ManagedCluster read(ClusterName name) {
            Stored<Ledger> now = world.records.ledger(CLUSTER).orElseThrow();
            world.records.save(CLUSTER, now.with(now.value().mayBeInSlot(key(2), NOW, "op")));
            return super.read(name);
          }
        };
    racing.put(clusterOn(2, "\"etag-7\"", "Succeeded"));

    boolean begun =
        new NoticeChanges(ports(racing), conduct).look(racing.clusters.get(CLUSTER.value()));

    assertThat(begun).isFalse();
    assertThat(ledger().currentKey()).contains(key(1));
  }

  @Test
  void diesBetweenNotingAndBeginning_theNextLookBegins() {
    noted();

    reconcile();

    assertThat(active().orElseThrow().kind()).isEqualTo(Kind.REENCRYPT);
    assertThat(ledger().entries()).hasSize(3);
  }

  @Test
  void seenByTwoAtOnce_oneOperationBegins() {
    reconcile();
    notice(world.clusters.clusters.get(CLUSTER.value()));

    assertThat(world.records.operations(CLUSTER)).hasSize(1);
    assertThat(ledger().entries()).hasSize(3);
  }

  @Test
  void newerVersionIsThereToo_everythingIsProvedFirst() {
    world.versions.add(version(3));

    reconcile();
    Operation first = active().orElseThrow();
    world.run(first, Duration.ofHours(1));
    reconcile();

    assertThat(first.kind()).isEqualTo(Kind.REENCRYPT);
    assertThat(active().orElseThrow().to()).isEqualTo(key(3));
  }

  @Test
  void refused_isTriedAgainEverMoreRarely() {
    noted();
    reconcile();
    refuse();

    for (int tick = 0; tick < 7 * 24 * 6; tick++) {
      world.time.pass(Duration.ofMinutes(10));
      reconcile();
      refuse();
    }

    // after 1, 2, 4, 8 and 16 hours, and daily from then on
    assertThat(world.records.operations(CLUSTER)).hasSizeBetween(11, 12);
  }

  private void refuse() {
    active()
        .ifPresent(
            operation -> {
              Stored<Operation> stored = world.records.active(CLUSTER).orElseThrow();
              Ending refused =
                  new Ending(
                      Ending.Outcome.REFUSED,
                      Reason.ACCESS_DENIED,
                      null,
                      null,
                      world.time.instant());
              world.records.end(stored.with(operation.with(operation.progress().with(refused))));
            });
  }

  @Test
  void personHasEndedIt_isNotBegunAgain() {
    reconcile();
    Stored<Operation> stored = world.records.active(CLUSTER).orElseThrow();
    Ending cancelled = new Ending(Ending.Outcome.CANCELLED, Reason.CANCELLED, null, null, NOW);
    world.records.end(stored.with(stored.value().with(stored.value().progress().with(cancelled))));

    world.time.pass(Duration.ofDays(3));
    reconcile();

    assertThat(world.records.operations(CLUSTER)).hasSize(1);
    assertThat(openAlerts()).extracting(Alert::name).containsExactly("key-id-changed-outside");
  }

  /** A Secret that no one can rewrite must not lead to a pass every ten minutes. */
  @Test
  void personHadItRewrittenButForExceptions_isNotBegunAgain() {
    noted();
    Operation asked =
        new StartOperation(world.ports)
            .start(
                CLUSTER,
                Kind.REENCRYPT,
                Route.of(key(2), key(2)),
                new Origin(Origin.Trigger.HTTP, "ana", "a test"))
            .orElseThrow();
    world.run(asked, Duration.ofHours(1));
    Stored<Ledger> stored = world.records.ledger(CLUSTER).orElseThrow();
    Ledger unproved =
        new Ledger(
            stored.value().firstSeenAt(),
            stored.value().entries().stream()
                .filter(entry -> entry.slot() != LedgerEntry.Slot.PROVED)
                .toList(),
            null);
    world.records.save(CLUSTER, stored.with(unproved));

    reconcile();

    assertThat(ledger().foundUnproved()).isPresent();
    assertThat(world.records.operations(CLUSTER)).hasSize(1);
  }

  @Test
  void approveMode_theRewriteWaitsForAPersonAndTheAlertSaysSo() {
    conduct = conduct.with(Mode.APPROVE);

    reconcile();

    assertThat(active().orElseThrow().origin().asksFirst()).isTrue();
    assertThat(openAlerts())
        .singleElement()
        .satisfies(
            alert -> assertThat(alert.detail()).contains("once a person has approved it every"));
    assertThat(ledger().currentKey()).contains(key(2));
  }

  @Test
  void tagSaysObserve_nothingIsBegunAndTheAlertSaysWhatToType() {
    ManagedCluster plain = clusterOn(2);
    world.clusters.put(
        new ManagedCluster(
            plain.name(),
            plain.resourceId(),
            plain.experience(),
            plain.kms(),
            plain.kubernetesVersion(),
            plain.etag(),
            plain.provisioningState(),
            Map.of("rekey-mode", "observe")));

    reconcile();

    assertThat(world.records.operations(CLUSTER)).isEmpty();
    assertThat(openAlerts())
        .singleElement()
        .satisfies(
            alert ->
                assertThat(alert.detail())
                    .contains("type: rekey reencrypt --cluster /subscriptions/s/"));
  }

  /** Whoever can write a cluster's body must not have all Secrets put under a key of their own. */
  @Test
  void pointedAtAKeyThatItNeverUsed_aPersonDecides() {
    world.clusters.put(cluster(KmsExperience.VERSIONED_KEY, FOREIGN, "\"etag-7\"", "Succeeded"));
    world.versions.clear();
    world.versions.add(
        new KeyVersion(
            KeyId.parse(FOREIGN, Cloud.PUBLIC),
            true,
            NOW.minusSeconds(60),
            null,
            null,
            "RSA",
            Set.of("encrypt", "decrypt")));

    reconcile();

    assertThat(world.records.operations(CLUSTER)).isEmpty();
    assertThat(openAlerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.reason()).isEqualTo("another-key");
              assertThat(alert.subject()).isEqualTo(FOREIGN);
              assertThat(alert.detail()).contains("if that is wanted, type: rekey reencrypt");
            });
  }

  @Test
  void newVersionOfAKeyThatItNeverUsed_isNotRotatedToByItself() {
    KeyId foreign = KeyId.parse(FOREIGN, Cloud.PUBLIC);
    world.clusters.put(cluster(KmsExperience.VERSIONED_KEY, FOREIGN, "\"etag-7\"", "Succeeded"));
    world.versions.clear();
    for (int number = 1; number <= 2; number++) {
      world.versions.add(
          new KeyVersion(
              new KeyId(foreign.key(), "v" + number),
              true,
              NOW.minusSeconds(60 - number),
              null,
              null,
              "RSA",
              Set.of("encrypt", "decrypt")));
    }

    reconcile();
    reconcile();

    assertThat(world.records.operations(CLUSTER)).isEmpty();
    assertThat(world.signals).contains("rotation-not-begun led-to-another-key");
  }

  /** What stands there was written by somebody else: nobody is asked about it. */
  @Test
  void pointedAtAForeignHost_isToldWithoutItsText() {
    String text = "https://evil.example.com/keys/etcd/v1";
    world.clusters.put(cluster(KmsExperience.VERSIONED_KEY, text, "\"etag-7\"", "Succeeded"));

    reconcile();

    assertThat(world.vault.lists).isZero();
    assertThat(ledger().entries()).hasSize(1);
    assertThat(openAlerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.reason()).isEqualTo("foreign-host");
              assertThat(alert.toString()).doesNotContain("evil");
            });
  }

  /** What took its place may have been refused: then everything is to be rewritten still. */
  @Test
  void rewriteGaveWayToADroppedVersionsReturn_itIsBegunAgainWhereThatLeftItToDo() {
    reconcile();
    Stored<Operation> begun = world.records.active(CLUSTER).orElseThrow();
    Ending gaveWay =
        new Ending(Ending.Outcome.CANCELLED, Reason.BRINGING_BACK, "ana: why", null, NOW);
    world.records.end(begun.with(begun.value().with(begun.value().progress().with(gaveWay))));
    reconcile();
    assertThat(active()).isEmpty(); // not before an hour has passed

    world.time.passUntil(NOW.plus(Duration.ofHours(2)));
    reconcile();

    assertThat(active().orElseThrow().kind()).isEqualTo(Kind.REENCRYPT);
    assertThat(world.records.operations(CLUSTER)).hasSize(2);
  }

  @Test
  void turnedOff_isNotedAndToldAndNothingIsBegun() {
    turnOff();

    reconcile();
    reconcile();

    assertThat(ledger().currentKey()).isEmpty();
    assertThat(ledger().keptKeys()).containsExactly(key(1));
    assertThat(world.records.operations(CLUSTER)).isEmpty();
    assertThat(world.signals.stream().filter(signal -> signal.startsWith("kms-turned-off")))
        .containsExactly("kms-turned-off-outside kms-off");
    assertThat(openAlerts())
        .singleElement()
        .satisfies(
            alert ->
                assertThat(alert.detail())
                    .contains("rekey enable --cluster /subscriptions/")
                    .contains(" --key " + key(1)));
  }

  @Test
  void turnedOffAndOnAgain_isRewrittenAndBothAreMended() {
    turnOff();
    reconcile();
    world.clusters.put(clusterOn(1));

    reconcile();

    assertThat(world.signals)
        .contains("alert-mended kms-turned-off-outside", "key-id-changed-outside kms-turned-on");
    assertThat(active().orElseThrow().to()).isEqualTo(key(1));
    assertThat(ledger().currentKey()).contains(key(1));
  }

  @Test
  void kmsVersionIsUnproved_nothingIsNoted() {
    world.clusters.put(cluster(KmsExperience.UNPROVED, key(2).url(), "\"e\"", "Succeeded"));

    reconcile();

    assertThat(ledger().entries()).hasSize(1);
    assertThat(world.records.operations(CLUSTER)).isEmpty();
  }

  @Test
  void rotatedByUs_isNoChangeOfOthers() {
    world.clusters.put(clusterOn(1));
    world.servers.replicas.values().forEach(one -> one.loads(hash(1)));
    reconcile();
    world.run(active().orElseThrow(), Duration.ofHours(1));

    reconcile();

    assertThat(ledger().currentKey()).contains(key(2));
    assertThat(ledger().previousSlot(key(2)).certain()).contains(key(1));
    assertThat(world.records.operations(CLUSTER)).hasSize(1);
    assertThat(world.signals).noneMatch(signal -> signal.startsWith("key-id-changed"));
  }

  private void turnOff() {
    ManagedCluster on = clusterOn(1);
    world.clusters.put(
        new ManagedCluster(
            on.name(),
            on.resourceId(),
            KmsExperience.NONE,
            ShownKms.OFF,
            on.kubernetesVersion(),
            "\"etag-8\"",
            on.provisioningState(),
            Map.of()));
  }

  private void noted() {
    Stored<Ledger> stored = world.records.ledger(CLUSTER).orElseThrow();
    world.records.save(CLUSTER, stored.with(stored.value().current(key(2), NOW, null)));
  }

  private boolean notice(ManagedCluster listed) {
    return new NoticeChanges(world.ports, conduct).look(listed);
  }

  private Ports ports(FakeClusters clusters) {
    return new Ports(
        clusters,
        world.surroundings,
        world.vault,
        world.servers,
        world.records,
        world.ports.messages(),
        world.ports.signals(),
        world.ports.ids(),
        world.time);
  }

  private void reconcile() {
    new Reconcile(world.ports, conduct, Map::of).run();
  }

  private Optional<Operation> active() {
    return world.records.active(CLUSTER).map(Stored::value);
  }

  private Ledger ledger() {
    return world.records.ledger(CLUSTER).orElseThrow().value();
  }

  private List<Alert> openAlerts() {
    return world.records.alerts(CLUSTER).orElseThrow().value().open().stream()
        .map(OpenAlerts.Open::alert)
        .filter(alert -> alert.name().endsWith("-outside"))
        .toList();
  }
}
