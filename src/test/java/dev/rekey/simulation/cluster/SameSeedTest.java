package dev.rekey.simulation.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SameSeedTest {

  @Test
  void theSameSeedTellsTheSameStoryAndAnotherSeedAnother() {
    assertThat(story(42)).isEqualTo(story(42)).isNotEqualTo(story(43));
  }

  private static List<String> story(long seed) {
    World world = new World(ClusterShape.encrypting(World.BEFORE).withReplicas(3), seed);
    world.cluster.seed(SecretBatch.of(40, 4)).start();
    world.cluster.replicas().forEach(replica -> replica.configure(World.ROTATED));
    world.time.after(Duration.ofSeconds(90), () -> world.replica(1).restart());
    world.time.advance(Duration.ofMinutes(2));
    List<String> story = new ArrayList<>();
    for (Look look : world.pass(PatchMode.APPLY)) {
      story.add(look.toString());
    }
    story.addAll(world.log);
    world.cluster.oracle().secrets().forEach(each -> story.add(each.ref().toString() + each.uid()));
    return story;
  }
}
