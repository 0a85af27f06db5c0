package dev.rekey.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clusters with KMS off are counted too: what lies under a key there needs that key. */
class KmsOffCensusTest {
  private static final Duration OVER_A_WEEK = Duration.ofDays(8);

  @Test
  void neverEncrypted_isCountedAsPlainAndNothingIsTold() {
    ScopeWorld world = ScopeWorld.off();

    world.run(OVER_A_WEEK);

    assertThat(world.operations(Kind.CENSUS)).hasSize(2);
    Operation census = world.operations(Kind.CENSUS).get(0);
    assertThat(world.evidence(census).census().plain()).isEqualTo(20);
    assertThat(world.evidence(census).census().after()).isEmpty();
    assertThat(world.evidence(census).keysInUse().apiServers()).hasSize(2);
    assertThat(world.report().whereabouts().whereabouts().under())
        .isEqualTo(Map.of(KeyIdHash.PLAIN, 20L));
    assertThat(world.told("foreign-key-found")).isEmpty();
    assertThat(world.cluster.oracle().plain()).isEqualTo(20);
  }

  @Test
  void turnedOffInHaste_secretsUnderTheOldKeyAreFoundAndAPersonHasThemWrittenPlain() {
    ScopeWorld world = ScopeWorld.onKey();
    world.run(Duration.ofHours(1));
    world.arm.turnedOffByAnother(world.name);

    world.run(OVER_A_WEEK);

    assertThat(world.told("foreign-key-found"))
        .hasSize(1)
        .allSatisfy(
            told ->
                assertThat(told)
                    .contains(
                        "encrypted-though-off",
                        "at most 20 under " + world.first.url(),
                        "KMS is off",
                        "keep these versions of the key",
                        "rekey reencrypt --cluster"));
    assertThat(world.operations(Kind.REENCRYPT)).isEmpty();

    Operation rewrite = world.asked(Kind.REENCRYPT);

    assertThat(world.cluster.oracle().plain()).isEqualTo(20);
    assertThat(world.evidence(rewrite).census().plain()).isEqualTo(20);
    assertThat(world.report().whereabouts().foreign()).isNull();
  }

  @Test
  void backupFromBeforeItWasProvedPlain_isRewrittenPlainAgain() {
    ScopeWorld world = ScopeWorld.onKey();
    world.run(Duration.ofHours(1));
    world.asked(Kind.DISABLE);
    assertThat(world.cluster.oracle().plain()).isEqualTo(20);
    world.restore(5, world.first);

    world.run(OVER_A_WEEK);

    assertThat(world.told("foreign-key-found")).hasSize(1);
    assertThat(world.told("foreign-key-found").get(0)).contains("encrypted-though-off");
    assertThat(world.operations(Kind.REENCRYPT)).hasSize(1);
    assertThat(world.cluster.oracle().plain()).isEqualTo(25);
  }
}
