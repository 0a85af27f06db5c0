package dev.rekey.service;

import static dev.rekey.service.ScopeWorld.KEY;
import static dev.rekey.service.ScopeWorld.hash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clusters whose key version AKS doesn't show: counted, and proved when somebody asks for it. */
class PlatformManagedTest {
  private ScopeWorld world = ScopeWorld.onPlatformKey();

  @AfterEach
  void armWasNeverAskedForAChange() {
    assertThat(world.arm.acceptedUpdates()).isEmpty();
    assertThat(world.vault.calls().rotations()).isZero();
  }

  @Test
  void timerCountsWeekly_andNothingIsWritten() {
    long writes = world.cluster.oracle().writes();

    world.run(Duration.ofDays(8));

    List<Operation> censuses = world.operations(Kind.CENSUS);
    assertThat(censuses).hasSize(2).allMatch(PlatformManagedTest::hasCompleted);
    assertThat(world.records.operations(world.name)).hasSize(2);
    assertThat(world.cluster.oracle().writes()).isEqualTo(writes);
    assertThat(world.told("foreign-key-found")).isEmpty();
    assertThat(world.evidence(censuses.get(0)).census().after())
        .isEqualTo(Map.of(hash(world.first), 20L));
  }

  @Test
  void census_saysWhichKeyIsInUseAtEveryApiServer() {
    Evidence.KeysInUse keys = world.evidence(world.asked(Kind.CENSUS)).keysInUse();

    assertThat(keys.apiServers())
        .hasSize(2)
        .allSatisfy(server -> assertThat(server.reads()).containsExactly(hash(world.first)));
    assertThat(keys.versions()).isEmpty();
  }

  @Test
  void proofPassAfterAksHasRotated_bringsAllUnderTheNewKeyAndSaysSinceWhen() {
    KeyId next = world.vault.createVersion(KEY);
    world.run(Duration.ofHours(1));
    world.plane.roll(world.name, next);
    world.run(Duration.ofHours(1));

    Operation proof = world.asked(Kind.REENCRYPT);

    Evidence evidence = world.evidence(proof);
    assertThat(hasCompleted(proof)).isTrue();
    assertThat(world.cluster.oracle().under(next.url())).isEqualTo(world.cluster.oracle().count());
    assertThat(evidence.key()).isEqualTo(new Evidence.Keys(null, hash(next)));
    assertThat(evidence.convergence().method()).isEqualTo("observed");
    assertThat(evidence.proof().method()).isEqualTo("counters");
    assertThat(evidence.keysInUse().apiServers())
        .allSatisfy(server -> assertThat(server.lastWrote()).isEqualTo(hash(next)));
    assertThat(evidence.securityProfile().azureKeyVaultKms().enabled()).isFalse();
    WhereaboutsReport counted = world.report().whereabouts();
    assertThat(counted.whereabouts().isProof()).isTrue();
    assertThat(counted.underOneKeySince()).isEqualTo(proof.progress().ending().at());
  }

  @Test
  void keyWithoutAVersion_isNamedByTheVersionWhoseHashIsPredictedToBeThat() {
    world = ScopeWorld.onKeyWithoutVersion();
    KeyId next = world.vault.createVersion(KEY);

    Evidence evidence = world.evidence(world.asked(Kind.CENSUS));

    assertThat(evidence.keysInUse().versions())
        .containsExactly(
            new Evidence.KeyVersionSeen(hash(world.first), world.first.url(), "predicted"));
    assertThat(evidence.census().after()).isEqualTo(Map.of(hash(world.first), 20L));
    assertThat(evidence.securityProfile().azureKeyVaultKms().keyId()).isEqualTo(KEY.toString());
    assertThat(world.report().whereabouts().versions().values()).containsExactly(world.first);
    assertThat(next).isNotEqualTo(world.first);
  }

  @Test
  void aksMovesToTheNextVersionOfIt_bothAreNamed() {
    world = ScopeWorld.onKeyWithoutVersion();
    KeyId next = world.vault.createVersion(KEY);
    world.plane.roll(world.name, next);
    world.run(Duration.ofMinutes(20));

    Evidence evidence = world.evidence(world.asked(Kind.REENCRYPT));

    assertThat(evidence.keysInUse().versions())
        .extracting(Evidence.KeyVersionSeen::keyId)
        .containsExactly(world.first.url(), next.url());
    assertThat(evidence.key().to()).isEqualTo(hash(next));
  }

  @Test
  void plainSecretsAfterAProof_areToldAndLeftToAPerson() {
    world.asked(Kind.REENCRYPT);
    world.restorePlain(3);

    world.run(Duration.ofDays(8));

    assertThat(world.told("foreign-key-found"))
        .hasSize(1)
        .allSatisfy(
            told ->
                assertThat(told)
                    .contains("plain-though-on", "at most 3 plain", "rekey reencrypt --cluster"));
    assertThat(world.operations(Kind.REENCRYPT)).hasSize(1);
  }

  @Test
  void anythingElse_isDeclined() {
    world = ScopeWorld.onKeyWithoutVersion();

    for (Kind kind : List.of(Kind.ROTATE, Kind.DISABLE, Kind.RETURN, Kind.RECOVER_DROPPED_KEY)) {
      assertThat(world.ask(kind))
          .isEqualTo(
              new RequestAnswer.Declined(RequestAnswer.Cause.KMS_NOT_ON_VERSIONED_KEY, null));
    }
  }

  @Test
  void sameRequestAgain_givesTheSameOperationAndAnotherKindUnderItsKeyNone() {
    RequestOperation request = new RequestOperation(world.ports, world.conduct);

    RequestAnswer first = request.request(wish(Kind.CENSUS));

    assertThat(request.request(wish(Kind.CENSUS))).isEqualTo(first);
    assertThat(((RequestAnswer.Declined) request.request(wish(Kind.REENCRYPT))).cause())
        .isEqualTo(RequestAnswer.Cause.REQUEST_KEY_REUSED);
    assertThat(world.records.operations(world.name)).hasSize(1);
  }

  @Test
  void onlyObserved_timerCountsAndNobodyRewrites() {
    world.mode(Mode.OBSERVE);

    world.run(Duration.ofHours(1));

    assertThat(world.operations(Kind.CENSUS)).hasSize(1);
    assertThat(world.ask(Kind.REENCRYPT)).isInstanceOf(RequestAnswer.Declined.class);
  }

  private OperationRequest wish(Kind kind) {
    Origin origin = new Origin(Origin.Trigger.HTTP, "ada", "to know", "k1");
    return new OperationRequest(world.name, kind, null, null, null, null, origin);
  }

  private static boolean hasCompleted(Operation operation) {
    Ending ending = operation.progress().ending();
    return ending != null && ending.outcome() == Ending.Outcome.COMPLETED;
  }
}
