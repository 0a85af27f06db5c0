package dev.rekey.service;

import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.key.Ledger;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.ManagedCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What lies around a cluster costs requests, which must not grow with the fleet. */
class TurnsOfExaminationTest {
  private final World world = new World();

  @Test
  void sixtyClusters_eachHasItsTurnOnceAnHour() {
    assertThat(examinedInLooksAt(60, 6)).containsExactly(10, 10, 10, 10, 10, 10);
    assertThat(world.vault.lists).isEqualTo(6);
  }

  @Test
  void threeHundredClusters_noLookExaminesMoreThanTwentyFive() {
    assertThat(examinedInLooksAt(300, 12)).allMatch(many -> many == 25);
  }

  private List<Integer> examinedInLooksAt(int clusters, int looks) {
    List<ManagedCluster> fleet =
        IntStream.range(0, clusters).mapToObj(TurnsOfExaminationTest::cluster).toList();
    fleet.forEach(
        one -> world.records.begin(one.name(), Ledger.firstSeen(world.time.instant(), key(1))));
    WatchClusters watch = new WatchClusters(world.ports, Conduct.auto(Cloud.PUBLIC));
    List<Integer> examined = new ArrayList<>();
    for (int look = 0; look < looks; look++) {
      int before = world.surroundings.looks;
      watch.look(fleet, new VaultSeenOnce(world.vault));
      examined.add(world.surroundings.looks - before);
      world.time.pass(Duration.ofMinutes(10));
    }
    return examined;
  }

  @Test
  void fewClusters_eachIsExaminedInEachLook() {
    ManagedCluster only = cluster(1);
    world.records.begin(only.name(), Ledger.firstSeen(world.time.instant(), key(1)));
    WatchClusters watch = new WatchClusters(world.ports, Conduct.auto(Cloud.PUBLIC));

    watch.look(List.of(only), new VaultSeenOnce(world.vault));
    world.time.pass(Duration.ofMinutes(10));
    watch.look(List.of(only), new VaultSeenOnce(world.vault));

    assertThat(world.surroundings.looks).isEqualTo(2);
  }

  /** Nothing that can't be told is an alert. */
  @Test
  void nothingMayBeRead_nothingIsRaised() {
    ManagedCluster only = cluster(1);
    world.records.begin(only.name(), Ledger.firstSeen(world.time.instant(), key(1)));

    new WatchClusters(world.ports, Conduct.auto(Cloud.PUBLIC))
        .look(List.of(only), new VaultSeenOnce(world.vault));

    assertThat(world.records.alerts(only.name())).isEmpty();
  }

  private static ManagedCluster cluster(int number) {
    ManagedCluster first = clusterOn(1);
    return new ManagedCluster(
        new ClusterName("prod-" + number),
        first.resourceId() + number,
        first.experience(),
        first.kms(),
        first.kubernetesVersion(),
        first.etag(),
        first.provisioningState(),
        Map.of());
  }
}
