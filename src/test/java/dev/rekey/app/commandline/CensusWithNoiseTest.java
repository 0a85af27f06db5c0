package dev.rekey.app.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Search;
import dev.rekey.simulation.cluster.SecretBatch;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Another client reads Secrets all the time while they are counted. */
class CensusWithNoiseTest {
  @Test
  void oneOldSecretIsReadAgainAndAgain_countsAreAtMostAndTheSearchEnds() throws Exception {
    CensusWorld world =
        new CensusWorld(SecretBatch.of(50, 3).in("older-"), SecretBatch.of(450, 20));
    world.writeOnce();
    readAgainAndAgain(world, "older-01", "secret-0001", Duration.ofMillis(2));

    Operation ended = world.run(world.start(false), latest -> {});

    Evidence.Census census = world.evidence(ended).census();
    String first = CensusWorld.label(world.first);
    long counted = census.after().get(first);
    Evidence.Accuracy accuracy = census.accuracy();
    assertThat(accuracy.exact()).isFalse();
    assertThat(counted).isGreaterThan(50);
    assertThat(counted - accuracy.tooHighByAtMost()).isLessThanOrEqualTo(50);
    assertThat(accuracy.othersReadPerSecond().get(first)).isBetween(400.0, 600.0);
    assertThat(counted - accuracy.tooHighByAbout().get(first)).isBetween(40L, 60L);
    Search search = ended.progress().findings().search();
    assertThat(search.rounds()).isLessThan(60);
    assertThat(census.places())
        .extracting(Evidence.Place::namespace)
        .containsExactly("older-00", "older-01", "older-02");
  }

  @Test
  void allUnderOneKeyButAStrayIsReadAllTheTime_noOtherNamespaceIsNamed() throws Exception {
    CensusWorld world = new CensusWorld(SecretBatch.of(1, 1).in("older-"), SecretBatch.of(450, 20));
    world.writeOnce();
    readAgainAndAgain(world, "older-00", "secret-0000", Duration.ofMillis(1));

    Operation ended = world.run(world.start(true), latest -> {});

    Evidence.Census census = world.evidence(ended).census();
    assertThat(ended.progress().findings().search().rounds()).isLessThan(60);
    assertThat(census.places()).allMatch(place -> place.namespace().equals("older-00"));
  }

  @Test
  void secretsUnderTheKeyInUseAreRead_theOthersAreNamedAllTheSame() throws Exception {
    CensusWorld world =
        new CensusWorld(SecretBatch.of(50, 3).in("older-"), SecretBatch.of(450, 20));
    world.writeOnce();
    readAgainAndAgain(world, "team-05", "secret-0005", Duration.ofMillis(100));

    Evidence.Census census = world.census(false).census();

    assertThat(census.accuracy().exact()).isFalse();
    assertThat(census.after().get(CensusWorld.label(world.first))).isEqualTo(50);
    assertThat(census.places())
        .extracting(Evidence.Place::namespace)
        .containsExactly("older-00", "older-01", "older-02");
  }

  private static void readAgainAndAgain(
      CensusWorld world, String namespace, String name, Duration every) {
    assertThat(world.cluster.otherClient().get(namespace, name)).isTrue();
    again(world, namespace, name, every);
  }

  private static void again(CensusWorld world, String namespace, String name, Duration every) {
    world.time.after(
        every,
        () -> {
          world.cluster.otherClient().get(namespace, name);
          again(world, namespace, name, every);
        });
  }
}
