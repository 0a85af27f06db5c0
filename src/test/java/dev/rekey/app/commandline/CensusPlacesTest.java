package dev.rekey.app.commandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.operation.StepName;
import dev.rekey.simulation.cluster.SecretBatch;
import dev.rekey.simulation.cluster.StorageOracle;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A census says where Secrets lie under another key; the simulated etcd is the judge. */
class CensusPlacesTest {
  private static final SecretBatch NEWER = SecretBatch.of(450, 20);

  @Test
  void allUnderOneKey_nothingIsLookedForAndTheCountIsExact() throws Exception {
    CensusWorld world = new CensusWorld(SecretBatch.of(0, 1), NEWER);

    Evidence.Census census = world.census(true).census();

    assertThat(census.places()).isEmpty();
    assertThat(census.unnamed()).isEmpty();
    assertThat(census.accuracy().exact()).isTrue();
  }

  @Test
  void fiftyOfFiveHundredUnderAnOlderKey_theirNamespacesAreNamed() throws Exception {
    CensusWorld world = new CensusWorld(SecretBatch.of(50, 3).in("older-"), NEWER);
    world.writeOnce();
    long writes = world.cluster.oracle().writes();

    Evidence.Census census = world.census(false).census();

    assertThat(census.places())
        .containsExactly(
            new Evidence.Place("older-00", null, CensusWorld.label(world.first), 17),
            new Evidence.Place("older-01", null, CensusWorld.label(world.first), 17),
            new Evidence.Place("older-02", null, CensusWorld.label(world.first), 16));
    assertThat(census.unnamed()).isEmpty();
    assertThat(world.cluster.oracle().writes()).as("nothing is written").isEqualTo(writes);
  }

  @Test
  void nobodyHasWrittenSinceTheStart_whatIsNotUnderTheMostUsedKeyIsNamed() throws Exception {
    CensusWorld world = new CensusWorld(SecretBatch.of(450, 20), SecretBatch.of(5, 2).in("newer-"));

    assertThat(world.census(false).census().places())
        .extracting(Evidence.Place::namespace)
        .containsExactly("newer-00", "newer-01");
  }

  @Test
  void someAmongOthersInTheirNamespaces_eachIsNamedWithObjects() throws Exception {
    CensusWorld world = mixed();

    Evidence.Census census = world.census(true).census();

    assertThat(named(census)).isEqualTo(older(world));
    assertThat(census.unnamed()).isEmpty();
    assertThat(census.places()).allMatch(place -> place.name() == null || place.atMost() == 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 9, 17, 30, 41, 60})
  void killedInTheMiddle_typedAgainItNamesTheSame(int messages) throws Exception {
    CensusWorld world = mixed();
    Operation started = world.start(true);
    AtomicInteger seen = new AtomicInteger();

    assertThatThrownBy(
            () ->
                world.run(
                    started,
                    latest -> {
                      if (seen.incrementAndGet() == messages) {
                        throw new IllegalStateException("killed");
                      }
                    }))
        .hasMessage("killed");
    Operation ended = world.run(world.killedAndTypedAgain(), latest -> {});

    assertThat(named(world.evidence(ended).census())).isEqualTo(older(world));
  }

  @Test
  void everySecondNamespaceOfVeryMany_searchEndsAndSaysThatThereMayBeMore() throws Exception {
    SecretBatch older = SecretBatch.of(100, 50).in("team-1"); // team-100 to team-149
    CensusWorld world = new CensusWorld(older, SecretBatch.of(2_000, 100).in("team-1"));
    world.writeOnce();

    Operation ended = world.run(world.start(true), latest -> {});

    assertThat(ended.progress().findings().search().rounds()).isLessThanOrEqualTo(300);
    assertThat(world.evidence(ended).census().unnamed()).containsExactly("bounded");
    assertThat(world.evidence(ended).census().places()).hasSizeGreaterThan(50);
  }

  @Test
  void replicaRestartsInEveryRoundOfTheSearch_censusEndsAndSaysSo() throws Exception {
    CensusWorld world = mixed();
    Operation started = world.start(false);

    Operation ended =
        world.run(
            started,
            latest -> {
              boolean running =
                  latest
                      .progress()
                      .runningPass()
                      .filter(pass -> pass.step().equals(StepName.LOCATE.token()))
                      .isPresent();
              if (running) {
                world.cluster.replica(0).restart();
                world.time.advance(Duration.ofMinutes(2));
              }
            });

    assertThat(world.evidence(ended).census().unnamed()).containsExactly("interrupted");
  }

  /** Under the older key: 12 of 450, three each in four of 20 namespaces. */
  private static CensusWorld mixed() {
    SecretBatch older = SecretBatch.of(12, 4);
    SecretBatch newer = NEWER;
    CensusWorld world = new CensusWorld(older, newer);
    world.writeOnce();
    return world;
  }

  private static Set<String> named(Evidence.Census census) {
    return census.places().stream()
        .filter(place -> place.name() != null)
        .map(place -> place.namespace() + "/" + place.name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> older(CensusWorld world) {
    return world.cluster.oracle().secrets().stream()
        .filter(secret -> StorageOracle.keyId(secret).equals(KeyIdHash.kmsKeyId(world.first)))
        .map(secret -> secret.key().namespace() + "/" + secret.key().name())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
