package dev.rekey.app.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.Ledger;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Openness;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.simulation.azure.AcceptedUpdate;
import dev.rekey.simulation.cluster.admission.Obstacle;
import dev.rekey.simulation.cluster.etcd.SecretKey;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of operation in the simulated world; etcd is the judge. */
class SimulatedKindsTest {
  private static final SimulatedRekey.Shape SHAPE = new SimulatedRekey.Shape(3, 120, 6, 2);

  @ParameterizedTest
  @EnumSource(Kind.class)
  void nothingGoesWrong_itEndsWithEvidenceOfItsKind(Kind kind) throws Exception {
    SimulatedRekey world = new SimulatedRekey(SHAPE, kind);

    Operation ended = run(world, world.ask());

    assertThat(outcome(ended)).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(evidence(world, ended).operation().kind()).isEqualTo(kind.token());
  }

  @Test
  void enabled_everySecretThatWasPlainLiesUnderTheKey() throws Exception {
    SimulatedRekey world = new SimulatedRekey(SHAPE, Kind.ENABLE);
    assertThat(world.cluster().oracle().plain()).isEqualTo(120);
    Operation started = world.ask();
    KeyId key = Objects.requireNonNull(started.to());

    Evidence evidence = evidence(world, run(world, started));

    assertThat(world.cluster().oracle().under(key.url())).isEqualTo(120);
    assertThat(world.arm().acceptedUpdates())
        .containsExactly(new AcceptedUpdate(world.name(), KmsSettings.of(key)));
    assertThat(evidence.key()).isEqualTo(new Evidence.Keys("plain", key.url()));
    assertThat(evidence.census().after()).isEqualTo(Map.of(key.url(), 120L));
    assertThat(evidence.census().plain()).isZero();
    assertThat(evidence.proof().method()).isEqualTo("counters");
    assertThat(evidence.verdict().previousKey()).isEqualTo("none");
    assertThat(ledger(world).currentKey()).contains(key);
    assertThat(ledger(world).proved().key()).isEqualTo(key);
  }

  @Test
  void disabled_everySecretLiesPlainAndTheKeyIsKept() throws Exception {
    SimulatedRekey world = new SimulatedRekey(SHAPE, Kind.DISABLE);
    Operation started = world.ask();
    KeyId key = Objects.requireNonNull(started.from());

    Evidence evidence = evidence(world, run(world, started));

    assertThat(world.cluster().oracle().plain()).isEqualTo(120);
    assertThat(world.arm().acceptedUpdates())
        .containsExactly(new AcceptedUpdate(world.name(), KmsSettings.OFF));
    assertThat(evidence.key()).isEqualTo(new Evidence.Keys(key.url(), "plain"));
    assertThat(evidence.securityProfile().azureKeyVaultKms().enabled()).isFalse();
    assertThat(evidence.convergence().method()).isEqualTo("reloaded");
    assertThat(evidence.census().after()).isEmpty();
    assertThat(evidence.census().plain()).isEqualTo(120);
    assertThat(evidence.verdict().previousKey()).isEqualTo("keep-though-kms-is-off");
    assertThat(ledger(world).currentKey()).isEmpty();
    assertThat(ledger(world).keptKeys()).containsExactly(key);
    assertThat(ledger(world).proved().under()).isEqualTo(KeyIdHash.PLAIN);
  }

  @Test
  void previousVersionDisabledAndAllLieUnderIt_allAreRescuedBeforeTheVaultIsChanged()
      throws Exception {
    SimulatedRekey world = new SimulatedRekey(SHAPE, Kind.RECOVER_EXPIRED_KEY);
    Operation approved = world.ask();
    KeyId current = Objects.requireNonNull(approved.from());
    KeyId stale = world.vault().allVersions(SimulatedRekey.KEY).get(0).id();
    long[] underCurrent = {0};

    Operation ended =
        world
            .process()
            .run(
                approved,
                now -> {
                  if (!world.vault().peek(stale.url()).orElseThrow().enabled()) {
                    underCurrent[0] = world.cluster().oracle().under(current.url());
                  }
                },
                Duration.ofDays(1));

    assertThat(outcome(ended)).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(underCurrent[0]).isEqualTo(120);
    Evidence evidence = evidence(world, ended);
    assertThat(evidence.operation().approver()).isEqualTo("somebody else");
    assertThat(evidence.phases()).extracting(Evidence.Phase::step).containsExactly("rescue");
    assertThat(evidence.phases().get(0).secrets().rewritten()).isEqualTo(120);
    assertThat(world.cluster().oracle().under(ended.to().url())).isEqualTo(120);
    assertThat(ledger(world).proved().key()).isEqualTo(ended.to());
  }

  @Test
  void oneApiServerRestarted_itsSecretsAreRescuedThroughTheOther() throws Exception {
    SimulatedRekey world = new SimulatedRekey(SHAPE, Kind.RECOVER_EXPIRED_KEY);
    SimulatedExpiredKey story = new SimulatedExpiredKey(world);
    Operation asked = story.asked();
    world.cluster().replicas().get(0).restart();

    Operation ended = run(world, story.approve(asked));

    assertThat(outcome(ended)).isEqualTo(Ending.Outcome.COMPLETED);
    Evidence evidence = evidence(world, ended);
    assertThat(evidence.phases().get(0).secrets().rewritten()).isEqualTo(120);
    assertThat(world.cluster().oracle().under(ended.to().url())).isEqualTo(120);
  }

  @Test
  void everyApiServerRestarted_noneIsRescuedAndAllAreRecoveredAllTheSame() throws Exception {
    SimulatedRekey world = new SimulatedRekey(SHAPE, Kind.RECOVER_EXPIRED_KEY);
    SimulatedExpiredKey story = new SimulatedExpiredKey(world);
    Operation asked = story.asked();
    world.cluster().replicas().forEach(each -> each.restart());

    Operation ended = run(world, story.approve(asked));

    assertThat(outcome(ended)).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.cluster().oracle().under(ended.to().url())).isEqualTo(120);
  }

  /** Somebody turned KMS off by hand and never rewrote a Secret: all lie under the key still. */
  @Test
  void enabledAfterAHastyTurningOff_nothingIsLost() throws Exception {
    SimulatedRekey world = new SimulatedRekey(SHAPE, Kind.DISABLE);
    world.arm().turnedOffByAnother(world.name());
    world.time().advance(Duration.ofHours(1));
    KeyId first = world.vault().allVersions(SimulatedRekey.KEY).get(0).id();
    assertThat(world.cluster().oracle().under(first.url())).isEqualTo(120);

    Operation started = world.ask(Kind.ENABLE);
    Evidence evidence = evidence(world, run(world, started));

    assertThat(world.cluster().oracle().under(first.url())).isEqualTo(120);
    assertThat(evidence.phases()).hasSize(1);
    assertThat(evidence.phases().get(0).step()).isEqualTo("prove-current");
  }

  @Test
  void oneSecretCanNotBeRewritten_theOthersLiePlainAndItIsNamed() throws Exception {
    SimulatedRekey world = new SimulatedRekey(SHAPE, Kind.DISABLE);
    SecretKey denied = world.cluster().oracle().secrets().get(7).key();
    world
        .cluster()
        .admission()
        .put(denied.namespace(), denied.name(), new Obstacle.DeniedByPolicy("guard"));

    Operation ended = run(world, world.ask());

    assertThat(outcome(ended)).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.cluster().oracle().plain()).isEqualTo(119);
    assertThat(evidence(world, ended).exceptions()).hasSize(1);
    assertThat(evidence(world, ended).verdict().oldestKey()).isEqualTo("not-known");
  }

  @Test
  void turnedOnWhereItIsOnAlready_isRefusedAndNothingIsChanged() throws Exception {
    SimulatedRekey world = new SimulatedRekey(SHAPE, Kind.DISABLE);

    Operation ended = run(world, world.ask(Kind.ENABLE));

    assertThat(outcome(ended)).isEqualTo(Ending.Outcome.REFUSED);
    assertThat(Objects.requireNonNull(ended.progress().ending()).reason())
        .isEqualTo(Reason.KMS_ALREADY_ON);
    assertThat(world.arm().acceptedUpdates()).isEmpty();
  }

  @Test
  void anotherWayToTheVault_isOffInBetweenAndAllIsProvedTwice() throws Exception {
    SimulatedRekey world = new SimulatedRekey(SHAPE, Kind.CHANGE_VAULT_ACCESS);
    Operation started = world.ask();
    KmsSettings wanted = started.route().stops().get(2);

    Evidence evidence = evidence(world, run(world, started));

    assertThat(world.arm().acceptedUpdates())
        .containsExactly(
            new AcceptedUpdate(world.name(), KmsSettings.OFF),
            new AcceptedUpdate(world.name(), wanted));
    assertThat(world.arm().readVault(wanted.vaultResourceId()).openness())
        .isEqualTo(Openness.CLOSED);
    assertThat(world.arm().read(world.name()).isAt(wanted)).isTrue();
    assertThat(world.cluster().oracle().under(wanted.key().url())).isEqualTo(120);
    assertThat(evidence.phases())
        .containsExactly(
            new Evidence.Phase(
                "disable",
                new Evidence.Secrets(120, 120, 0, 0, 0, 0),
                new Evidence.Proof("counters", 120, 120, 0)));
    assertThat(evidence.secrets()).isEqualTo(new Evidence.Secrets(120, 120, 0, 0, 0, 0));
  }

  /** KMS is off meanwhile, which nobody may overlook. */
  @Test
  void rightToChangeTheVaultTakenAfterTheChecks_stallsLoudlyAndGoesOnWhenSomebodyTypedIt()
      throws Exception {
    SimulatedRekey world = new SimulatedRekey(SHAPE, Kind.CHANGE_VAULT_ACCESS);
    Operation started = world.ask();
    String vault = Objects.requireNonNull(started.route().stops().get(2).vaultResourceId());

    Operation stalled =
        world
            .process()
            .run(
                started,
                latest ->
                    world
                        .arm()
                        .forbid("Microsoft.KeyVault/vaults/write", latest.progress().checked()),
                Duration.ofDays(1));

    Pending pending = Objects.requireNonNull(stalled.progress().pending());
    assertThat(pending.doing()).isEqualTo(Pending.Doing.STALLED);
    assertThat(pending.reason()).isEqualTo(Reason.ACCESS_DENIED);
    assertThat(pending.step()).isEqualTo(StepName.UPDATE_VAULT);
    assertThat(pending.detail())
        .contains("az keyvault update --ids " + vault, "--public-network-access Disabled")
        .endsWith("KMS is off until it goes on: Secrets lie plain in etcd meanwhile");
    assertThat(world.signals()).contains("operation-stalled access-denied");
    assertThat(world.cluster().oracle().plain()).isEqualTo(120);

    world
        .arm()
        .neighbours()
        .change(
            vault, body -> body.withObject("/properties").put("publicNetworkAccess", "Disabled"));
    world.time().advance(Duration.ofHours(1));
    Operation ended = run(world, stalled);

    assertThat(outcome(ended)).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.cluster().oracle().plain()).isZero();
  }

  private static Operation run(SimulatedRekey world, Operation started) throws Exception {
    return world.process().run(started, latest -> {}, Duration.ofDays(1));
  }

  private static Ending.Outcome outcome(Operation operation) {
    return Objects.requireNonNull(operation.progress().ending()).outcome();
  }

  private static Evidence evidence(SimulatedRekey world, Operation operation) {
    return world.process().evidence(operation).orElseThrow().evidence();
  }

  private static Ledger ledger(SimulatedRekey world) {
    return world.records().ledger(world.name()).orElseThrow().value();
  }
}
