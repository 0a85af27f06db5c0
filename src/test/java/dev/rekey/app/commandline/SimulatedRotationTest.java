package dev.rekey.app.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.simulation.azure.UpdateFault;
import dev.rekey.simulation.cluster.admission.Obstacle;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole engine in the simulated world, with something going wrong; etcd is the judge. */
class SimulatedRotationTest {
  private static final int SECRETS = 120;
  private static final String KEY_EVENT =
      "{\"eventType\": \"Microsoft.KeyVault.KeyNewVersionCreated\", \"data\": {\"Id\": \"";

  private final SimulatedRekey world =
      new SimulatedRekey(new SimulatedRekey.Shape(3, SECRETS, 6, 2));

  @Test
  void nothingGoesWrong_oneUpdateAndEverySecretUnderTheNewKey() throws Exception {
    Operation ended = deliverAndRun(1);

    assertProved(ended);
    assertThat(world.arm().acceptedUpdates()).hasSize(1);
  }

  @Test
  void eventDeliveredThreeTimes_oneOperationOneUpdate() throws Exception {
    Operation ended = deliverAndRun(3);

    assertProved(ended);
    assertThat(world.arm().acceptedUpdates()).hasSize(1);
    assertThat(world.signals()).contains("start-declined operation-active");
  }

  @Test
  void eventReplayedAfterTheEnd_nothingHappens() throws Exception {
    List<String> events = world.makeNewVersion();
    events.forEach(world.process()::receive);
    run();

    events.forEach(world.process()::receive);

    assertThat(world.process().unfinished(world.name())).isEmpty();
    assertThat(world.signals()).contains("rotation-not-begun already-on-newest");
  }

  @Test
  void eventLost_timerFindsTheNewVersion() throws Exception {
    world.makeNewVersion();

    world.process().reconcile();

    assertProved(run());
  }

  @ParameterizedTest
  @EnumSource(UpdateFault.class)
  void updateGoesWrongOnce_itIsLookedAtAgainAndEverySecretIsProvedInTheEnd(UpdateFault fault)
      throws Exception {
    world.arm().failNextUpdate(fault);

    Operation ended = deliverAndRun(1);

    assertProved(ended);
    assertThat(world.arm().acceptedUpdates()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void rightToAssignIdentitiesTakenAfterTheChecks_stallsWithItNamedAndGoesOnWhenItIsGiven()
      throws Exception {
    world.makeNewVersion().forEach(world.process()::receive);
    Operation stalled =
        world
            .process()
            .run(
                active(),
                latest -> world.arm().refuseAssign(latest.progress().checked()),
                Duration.ofHours(3));
    Pending pending = stalled.progress().pending();
    assertThat(pending.reason()).isEqualTo(Reason.ACCESS_DENIED);
    assertThat(pending.detail()).contains("userAssignedIdentities/assign/action");
    assertThat(world.arm().acceptedUpdates()).isEmpty();

    world.arm().refuseAssign(false);
    world.time().advance(Duration.ofHours(1));
    world.process().takeUp(stalled);

    assertProved(run());
  }

  @Test
  void versionFromBeforeTheFirstMeeting_proposedNotApplied() {
    world.vault().takeEvents();
    world.time().advance(Duration.ofDays(1));
    world.vault().createVersion(newest().key());
    world.time().advance(Duration.ofDays(1));

    world.vault().takeEvents().forEach(world.process()::receive);

    assertThat(world.process().unfinished(world.name())).isEmpty();
    assertThat(world.signals()).contains("rotation-not-begun version-from-before-first-meeting");
  }

  /**
   * Whatever comes in as an event: no effect, a counted reason, and no host of its own choosing is
   * asked.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "not JSON",
        "{\"eventType\": \"Microsoft.KeyVault.SecretNewVersionCreated\", \"data\": {\"Id\": \"x\"}}",
        KEY_EVENT + "https://example.vault.azure.net@evil.example/keys/etcd/1\"}}",
        KEY_EVENT + "https://example.vault.azure.net:8443/keys/etcd/1\"}}",
        KEY_EVENT + "https://example.vault.azure.net/keys/../keys/etcd/1\"}}",
        KEY_EVENT + "https://example.vault.azure.net.evil.example/keys/etcd/1\"}}",
        KEY_EVENT + "https://example.vault.azure.net/keys/etcd/1?x=y\"}}",
        KEY_EVENT + "https://example.vault.azure.net/keys/etcd/1#y\"}}",
        KEY_EVENT + "https://foreign.vault.azure.net/keys/etcd/1\"}}",
        KEY_EVENT + "https://example.vault.azure.net/keys/another/1\"}}"
      })
  void hostileEvent_hasNoEffectAndIsCounted(String text) {
    world.process().reconcile();
    long asked = world.vault().calls().lists();

    world.process().receive(text);

    assertThat(world.process().unfinished(world.name())).isEmpty();
    assertThat(world.vault().calls().lists()).isEqualTo(asked);
    assertThat(world.signals()).last().asString().startsWith("key-event-ignored ");
  }

  @Test
  void newVersionDisabledByTheTimeItIsLookedAt_nothingBegins() {
    List<String> events = world.makeNewVersion();
    world.vault().setEnabled(newest(), false);

    events.forEach(world.process()::receive);

    assertThat(world.process().unfinished(world.name())).isEmpty();
  }

  @Test
  void namespaceWhosePolicyDeniesUpdates_isExceptionsAndNothingElseIsHeldUp() throws Exception {
    world.cluster().admission().put("team-03", new Obstacle.DeniedByPolicy("freeze"));
    List<String> events = world.makeNewVersion();
    events.forEach(world.process()::receive);

    Operation ended = run();

    Evidence evidence = world.process().evidence(ended).orElseThrow().evidence();
    assertThat(evidence.secrets().exceptions()).isEqualTo(SECRETS / 6);
    assertThat(evidence.secrets().rewritten()).isEqualTo(SECRETS - SECRETS / 6);
    assertThat(evidence.exceptions())
        .allSatisfy(exempt -> assertThat(exempt.reason()).isEqualTo("denied-by-policy"));
    assertThat(evidence.verdict().oldestKey()).isEqualTo("not-known");
    assertThat(world.cluster().oracle().under(newest().url())).isEqualTo(SECRETS - SECRETS / 6);
  }

  @Test
  void replicaKilledAndStartedInTheMiddle_everySecretIsProvedInTheEnd() throws Exception {
    List<String> events = world.makeNewVersion();
    events.forEach(world.process()::receive);
    Operation operation = active();
    for (int minutes = 0; minutes < 4; minutes++) {
      operation = world.process().run(operation, latest -> {}, Duration.ofSeconds(50));
      if (operation.isActive()) {
        world.cluster().replica(minutes % 2).restart();
      }
    }

    assertProved(operation.isActive() ? run() : operation);
  }

  private Operation deliverAndRun(int times) throws Exception {
    List<String> events = world.makeNewVersion();
    for (int time = 0; time < times; time++) {
      events.forEach(world.process()::receive);
    }
    return run();
  }

  private Operation run() throws Exception {
    return world.process().run(active(), latest -> {}, Duration.ofHours(3));
  }

  private Operation active() {
    return world.process().unfinished(world.name()).orElseThrow();
  }

  private KeyId newest() {
    return world.vault().versions(new VaultKey("example.vault.azure.net", "etcd")).stream()
        .max(Comparator.comparing(version -> version.created()))
        .orElseThrow()
        .id();
  }

  private void assertProved(Operation ended) {
    assertThat(ended.progress().ending()).isNotNull();
    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.cluster().oracle().under(newest().url())).isEqualTo(SECRETS);
    Evidence evidence = world.process().evidence(ended).orElseThrow().evidence();
    assertThat(evidence.proof().unchanged()).isEqualTo(SECRETS);
    assertThat(evidence.census().after()).containsOnlyKeys(newest().url());
    assertThat(evidence.operation().endedAt()).isAfter(Instant.EPOCH);
  }
}
