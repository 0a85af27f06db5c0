package dev.rekey.service;

import static dev.rekey.service.ScopeWorld.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Operation;
import dev.rekey.service.port.Stored;
import dev.rekey.simulation.cluster.admission.Obstacle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An etcd backup is restored after everything was proved, or somebody's hand was at work. */
class ForeignKeyFoundTest {
  private static final Duration OVER_A_WEEK = Duration.ofDays(8);

  private final ScopeWorld world = ScopeWorld.onKey();

  @Test
  void backupOfThePreviousVersionRestored_isToldOnceRewrittenOnceAndProvedAgain() {
    KeyId next = rotated();
    Instant provedBefore = proved();
    world.restore(5, world.first);

    world.run(OVER_A_WEEK);
    world.run(OVER_A_WEEK);

    assertThat(world.told("foreign-key-found"))
        .hasSize(1)
        .allSatisfy(
            told ->
                assertThat(told)
                    .contains("other-key", "at most 5 under " + world.first.url(), next.url()));
    assertThat(world.operations(Kind.REENCRYPT)).hasSize(1);
    assertThat(world.cluster.oracle().under(next.url())).isEqualTo(25);
    assertThat(proved()).isAfter(provedBefore);
    Evidence evidence = world.evidence(world.operations(Kind.REENCRYPT).get(0));
    assertThat(evidence.operation().trigger()).isEqualTo("timer");
    assertThat(evidence.secrets().exceptions()).isZero();
    assertThat(world.report().whereabouts().foreign()).isNull();
  }

  @Test
  void plainBackupRestored_isRewrittenToo() {
    rotated();
    world.restorePlain(4);

    world.run(OVER_A_WEEK);

    assertThat(world.told("foreign-key-found")).hasSize(1);
    assertThat(world.told("foreign-key-found").get(0)).contains("plain-though-on");
    assertThat(world.cluster.oracle().plain()).isZero();
  }

  @Test
  void onlyObserved_isToldOnceAndWhatToTypeAndNothingBegins() {
    rotated();
    world.restore(5, world.first);
    world.mode(Mode.OBSERVE);

    world.run(OVER_A_WEEK);

    assertThat(world.told("foreign-key-found")).hasSize(1);
    assertThat(world.told("foreign-key-found").get(0)).contains("type: rekey reencrypt --cluster");
    assertThat(world.signals).contains("start-declined observe-only");
    assertThat(world.operations(Kind.REENCRYPT)).isEmpty();
    assertThat(world.report().whereabouts().foreign().canBeRewritten()).isTrue();
  }

  @Test
  void backupOfADroppedVersionRestored_isToldWithTheWayBackAndNothingIsRewritten() {
    rotated();
    rotated();
    world.restore(5, world.first);

    world.run(OVER_A_WEEK);

    assertThat(world.told("foreign-key-found")).isNotEmpty();
    assertThat(world.told("foreign-key-found").get(0))
        .contains(
            "undecryptable", "5 Secrets that can't be decrypted", "rekey recover-dropped-key");
    assertThat(world.operations(Kind.REENCRYPT)).isEmpty();
    assertThat(world.cluster.oracle().under(world.first.url())).isEqualTo(5);
  }

  /** A policy denies every patch there: the rewrite ends with exceptions, and isn't begun again. */
  @Test
  void rewriteThatCannotHelp_isBegunOncePerCensus() {
    rotated();
    world.restore(5, world.first);
    world.cluster.admission().put("restored00", new Obstacle.DeniedByPolicy("frozen"));

    world.run(OVER_A_WEEK);

    assertThat(world.operations(Kind.REENCRYPT)).hasSize(1);
    int censuses = world.operations(Kind.CENSUS).size();

    world.run(OVER_A_WEEK);

    assertThat(world.operations(Kind.CENSUS)).hasSizeGreaterThan(censuses);
    assertThat(world.operations(Kind.REENCRYPT)).hasSize(2);
  }

  @Test
  void nothingWasEverProved_earlierKeysAreToldByPostureAlone() {
    world.mode(Mode.OBSERVE);
    world.run(Duration.ofHours(1));
    KeyId next = world.vault.createVersion(KEY);
    world.arm.rotatedByAnother(world.name, next);

    world.run(OVER_A_WEEK);

    assertThat(world.told("foreign-key-found")).isEmpty();
    assertThat(world.operations(Kind.REENCRYPT)).isEmpty();
    WhereaboutsReport counted = world.report().whereabouts();
    assertThat(counted.whereabouts().home()).isEqualTo(ScopeWorld.hash(next));
    assertThat(counted.versions().values()).containsExactly(world.first);
    assertThat(counted.underOneKeySince()).isNull();
    assertThat(counted.foreign()).isNull();
  }

  private Instant proved() {
    return world
        .records
        .ledger(world.name)
        .map(Stored::value)
        .map(Ledger::proved)
        .orElseThrow()
        .at();
  }

  /** The timer finds a new version and rotates to it. */
  private KeyId rotated() {
    world.run(Duration.ofHours(1));
    KeyId next = world.vault.createVersion(KEY);
    world.run(Duration.ofHours(3));
    List<Operation> rotations = world.operations(Kind.ROTATE);
    assertThat(rotations.get(rotations.size() - 1).isActive()).isFalse();
    assertThat(world.arm.keyIdShown(world.name)).isEqualTo(next.url());
    return next;
  }
}
