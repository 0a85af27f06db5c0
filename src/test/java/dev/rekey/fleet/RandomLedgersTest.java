package dev.rekey.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever a cluster goes through, a version that is in one of its slots, or under which one of its
 * Secrets lies, is never called not needed. {@link OneCluster} plays AKS and etcd; the verdict sees
 * only what ARM shows, and what Rekey would have recorded.
 */
class RandomLedgersTest {
  private static final int COURSES = Integer.getInteger("fleet.courses", 5_000);
  private static final int TURNS = 25;

  @Test
  void versionInASlotOrWithSecretsUnderIt_isNeverCalledNotNeeded() {
    int free = 0;
    for (int seed = 0; seed < COURSES; seed++) {
      OneCluster cluster = new OneCluster(new Random(seed));
      for (int turn = 0; turn < TURNS; turn++) {
        cluster.something();
        free += checked(cluster, "seed " + seed + ", " + cluster.log());
      }
    }
    // Who never dares to say it would be right too, and of no use.
    assertThat(free).isGreaterThan(COURSES);
  }

  private static int checked(OneCluster cluster, String course) {
    int free = 0;
    for (int version = 1; version <= cluster.versions(); version++) {
      RetireVerdict verdict = cluster.verdict(version);
      boolean isFree = verdict instanceof RetireVerdict.NotNeeded;
      if (isFree && cluster.needs(version)) {
        throw new AssertionError("version " + version + " is needed: " + course);
      }
      free += isFree ? 1 : 0;
    }
    return free;
  }

  /** Nothing but rotations that go well: each second proof sets a version free, and no first. */
  @Test
  void rotationsThatGoWell_setAllFreeButTheLastTwo() {
    OneCluster cluster = new OneCluster(new Random(1), 1);
    List<String> verdicts = new ArrayList<>();
    for (int rotation = 0; rotation < 4; rotation++) {
      cluster.newVersion();
      cluster.rotate();
      StringBuilder line = new StringBuilder();
      for (int version = 1; version <= cluster.versions(); version++) {
        line.append(cluster.verdict(version).token().charAt(4) == 'n' ? '-' : 'n');
      }
      verdicts.add(line.toString());
    }
    assertThat(verdicts).containsExactly("nn", "-nn", "--nn", "---nn");
  }
}
