package dev.rekey.fleet;

import static dev.rekey.fleet.Ended.LAST_WEEK;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Ending;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WhereaboutsTest {
  private static final KmsSettings ON = KmsSettings.of(key(1));

  @Test
  void census_saysWhatLiesUnderWhich() {
    Operation census = Ended.census(ON).under(hash(1), 7).under(hash(0), 2).unknown(1).build();

    assertThat(Whereabouts.of(census))
        .contains(
            new Whereabouts(
                census.id(), NOW, false, hash(1).label(), Map.of(hash(1), 7L, hash(0), 2L), 1));
  }

  @Test
  void proof_saysThatItIsOne() {
    Operation proof = Ended.rewrite(ON).under(hash(1), 10).build();

    assertThat(Whereabouts.of(proof).orElseThrow().isProof()).isTrue();
    assertThat(Whereabouts.of(proof).orElseThrow().home()).isEqualTo(hash(1).label());
  }

  @Test
  void whatHasNotEndedWell_saysNothing() {
    assertThat(Whereabouts.of(Ended.census(ON).outcome(Ending.Outcome.REFUSED).build())).isEmpty();
    assertThat(Whereabouts.of(Ended.census(ON).outcome(Ending.Outcome.CANCELLED).build()))
        .isEmpty();
  }

  @Test
  void keyIsNotShown_whatIsWrittenWithIsHome() {
    Operation census =
        Ended.census(Route.UNKNOWN).under(hash(2), 1).under(hash(1), 9).lastWrote(hash(2)).build();

    assertThat(Whereabouts.of(census).orElseThrow().home()).isEqualTo(hash(2).label());
  }

  @Test
  void underOneKey_sinceTheFirstOfTheCountsThatAllSaySo() {
    Operation mixed =
        Ended.census(ON)
            .at(LAST_WEEK.minus(Duration.ofDays(7)))
            .under(hash(1), 9)
            .under(hash(0), 1)
            .build();
    Operation proof = Ended.rewrite(ON).at(LAST_WEEK).under(hash(1), 10).build();
    Operation census = Ended.census(ON).under(hash(1), 10).build();

    assertThat(Whereabouts.underOneKeySince(List.of(mixed, proof, census))).contains(LAST_WEEK);
    assertThat(Whereabouts.underOneKeySince(List.of(proof, census, mixed))).isEmpty();
    assertThat(Whereabouts.underOneKeySince(List.of())).isEmpty();
    assertThat(Whereabouts.last(List.of(mixed, proof)).orElseThrow().at()).isEqualTo(LAST_WEEK);
  }

  @Test
  void otherKeyBefore_countsForNothing() {
    Operation before =
        Ended.rewrite(KmsSettings.of(key(0))).at(LAST_WEEK).under(hash(0), 10).build();
    Operation census = Ended.census(ON).under(hash(1), 10).build();

    assertThat(Whereabouts.underOneKeySince(List.of(before, census))).contains(NOW);
  }

  @Test
  void oneThatCannotBeDecrypted_isUnderNoKeyThatIsKnown() {
    Operation census = Ended.census(ON).under(hash(1), 9).unknown(1).build();

    assertThat(Whereabouts.underOneKeySince(List.of(census))).isEmpty();
  }
}
