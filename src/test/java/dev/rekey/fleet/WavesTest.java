package dev.rekey.fleet;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.fleet.KeyUser.Standing;
import dev.rekey.operation.ClusterName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WavesTest {
  private static final Wave SECOND = Wave.of(1);

  @Test
  void firstWave_isHeldByNobody() {
    assertThat(waves(user("canary", 0, Standing.BEHIND)).held(Wave.FIRST)).isEmpty();
    assertThat(new Waves(List.of(), false).held(Wave.FIRST)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Standing.class)
  void laterWave_isHeldByWhatIsBehindOrUnprovedInAnEarlierOneAndByNothingElse(Standing standing) {
    boolean holds = standing == Standing.BEHIND || standing == Standing.UNPROVED;

    assertThat(waves(user("canary", 0, standing)).held(SECOND).isPresent()).isEqualTo(holds);
  }

  @Test
  void whatHolds_isNamedWithItsWave() {
    Waves.Held held = waves(user("canary", 0, Standing.UNPROVED)).held(SECOND).orElseThrow();

    assertThat(held.cluster()).contains(new ClusterName("canary"));
    assertThat(held.text()).isEqualTo("canary of wave 0 is on it without a proof");
  }

  @Test
  void severalHold_theEarliestByWaveAndNameIsNamed() {
    Waves waves =
        waves(
            user("a", 1, Standing.BEHIND),
            user("c", 0, Standing.BEHIND),
            user("b", 0, Standing.UNPROVED),
            user("z", 0, Standing.PROVED));

    assertThat(waves.held(Wave.of(2)).orElseThrow().cluster()).contains(new ClusterName("b"));
  }

  @Test
  void itsOwnWaveAndLaterOnes_holdNobody() {
    Waves waves = waves(user("same", 1, Standing.BEHIND), user("later", 2, Standing.BEHIND));

    assertThat(waves.held(SECOND)).isEmpty();
  }

  @Test
  void waveThatCanNotBeRead_waitsForEveryNumber() {
    assertThat(waves(user("late", 9999, Standing.BEHIND)).held(Wave.LAST)).isPresent();
  }

  @Test
  void notEverythingCouldBeLookedAt_holdsEveryWaveButTheFirst() {
    Waves blind = new Waves(List.of(user("canary", 0, Standing.PROVED)), false);

    assertThat(blind.held(SECOND).orElseThrow().text())
        .isEqualTo("not every cluster in scope could be looked at");
    assertThat(blind.held(SECOND).orElseThrow().cluster()).isEmpty();
  }

  @Test
  void notEverythingCouldBeLookedAtAndOneHolds_theOneIsNamed() {
    Waves blind = new Waves(List.of(user("canary", 0, Standing.BEHIND)), false);

    assertThat(blind.held(SECOND).orElseThrow().cluster()).contains(new ClusterName("canary"));
  }

  @Test
  void whoIsNotWaitedFor_isTold() {
    Waves waves =
        waves(
            user("watched", 0, Standing.OBSERVED),
            user("proved", 0, Standing.PROVED),
            user("same", 1, Standing.OBSERVED));

    assertThat(waves.passedOver(SECOND))
        .extracting(user -> user.cluster().value())
        .containsExactly("watched");
  }

  @Test
  void release_letsAWaveGoToItsVersionAndToNoOther() {
    WaveRelease release = release(2, null, "k1");

    assertThat(release.allows(SECOND, key(2))).isTrue();
    assertThat(release.allows(Wave.LAST, key(2))).isTrue();
    assertThat(release.allows(SECOND, key(3))).isFalse();
  }

  @Test
  void releaseUpToAWave_letsNoLaterOneGo() {
    WaveRelease release = release(2, 1, "k1");

    assertThat(release.allows(SECOND, key(2))).isTrue();
    assertThat(release.allows(Wave.of(2), key(2))).isFalse();
    assertThat(release.allows(Wave.LAST, key(2))).isFalse();
  }

  @Test
  void releasesOfOneVersion_addUp() {
    WaveReleases both = WaveReleases.NONE.with(release(2, 2, "k1")).with(release(2, 1, "k2"));

    assertThat(both.allowing(Wave.of(2), key(2))).contains(release(2, 2, "k1"));
    assertThat(both.allowing(Wave.of(1), key(2))).contains(release(2, 1, "k2"));
    assertThat(both.of("k1")).contains(release(2, 2, "k1"));
    assertThat(both.of("k3")).isEmpty();
  }

  @Test
  void releaseOfAnotherVersion_takesTheirPlace() {
    WaveReleases later = WaveReleases.NONE.with(release(2, null, "k1")).with(release(3, 1, "k2"));

    assertThat(later.allowing(SECOND, key(2))).isEmpty();
    assertThat(later.allowing(SECOND, key(3))).isPresent();
  }

  @Test
  void manyReleases_fitIntoARow() {
    WaveReleases many = WaveReleases.NONE;
    for (int number = 0; number < 50; number++) {
      many = many.with(release(2, number, "k" + number));
    }

    assertThat(many.all()).hasSize(20);
    assertThat(many.of("k49")).isPresent();
  }

  private static WaveRelease release(int version, Integer upTo, String requestKey) {
    return new WaveRelease(key(version), upTo, "ana", "known to be slow", NOW, requestKey);
  }

  private static Waves waves(KeyUser... users) {
    return new Waves(List.of(users), true);
  }

  private static KeyUser user(String name, int wave, Standing standing) {
    return new KeyUser(new ClusterName(name), Wave.of(wave), standing);
  }
}
