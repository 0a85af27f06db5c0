package dev.rekey.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What lies under which key is counted at the API servers; no vault has to be there for that. */
class CensusWithoutVaultTest {
  private static final Duration OVER_A_WEEK = Duration.ofDays(8);

  private final ScopeWorld world = ScopeWorld.onKey();

  @Test
  void keyIsDeleted_censusesBeginAndEndAllTheSame() {
    world.run(Duration.ofHours(1));
    world.vault.delete(ScopeWorld.KEY);

    world.run(OVER_A_WEEK);

    assertCountedAgain();
    assertThat(world.told("cluster-not-looked-at")).isNotEmpty(); // where a rotation is looked for
  }

  @Test
  void vaultIsDeleted_censusesBeginAndEndAllTheSame() {
    world.run(Duration.ofHours(1));
    world.vault.deleteVault(ScopeWorld.KEY.vaultHost());

    world.run(OVER_A_WEEK);

    assertCountedAgain();
  }

  @Test
  void vaultIsGoneWhenTheClusterIsMet_itIsCountedAtOnceAndOnRequest() {
    world.vault.deleteVault(ScopeWorld.KEY.vaultHost());

    world.run(Duration.ofHours(1));

    assertThat(world.operations(Kind.CENSUS)).hasSize(1);
    Operation asked = world.asked(Kind.CENSUS);
    assertThat(asked.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
  }

  private void assertCountedAgain() {
    assertThat(world.operations(Kind.CENSUS))
        .hasSize(2)
        .allSatisfy(
            census ->
                assertThat(census.progress().ending().outcome())
                    .isEqualTo(Ending.Outcome.COMPLETED));
  }
}
