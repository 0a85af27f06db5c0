package dev.rekey.aks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsExperience;
import dev.rekey.service.Conduct;
import dev.rekey.service.Ports;
import dev.rekey.service.Reconcile;
import dev.rekey.service.port.FoundClusters;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.simulation.azure.ControlPlane;
import dev.rekey.simulation.azure.NewCluster;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.azure.http.AzureAnswer;
import dev.rekey.simulation.azure.http.AzureRequest;
import dev.rekey.simulation.azure.http.arm.ArmService;
import dev.rekey.simulation.time.VirtualTime;
import dev.rekey.storage.MemoryTable;
import dev.rekey.storage.TableRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A large fleet in four subscriptions behind ARM's pages of 50, with throttling thrown in: requests
 * grow with pages, not with clusters.
 */
class TwoThousandClustersTest {
  private static final int CLUSTERS = 2_000;
  private static final int PAGE = 50;
  private static final List<String> SUBSCRIPTIONS =
      IntStream.rangeClosed(1, 4)
          .mapToObj(each -> "/subscriptions/00000000-0000-0000-0000-00000000000" + each)
          .toList();

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-03-01T10:00:00Z"));
  private final Random random = new Random(1);
  private final SimulatedVault vault = new SimulatedVault(time, random);
  private final SimulatedArm arm =
      new SimulatedArm(time, random, vault, new Unmoved(), Duration.ofMinutes(5));
  private final ArmService service = new ArmService(arm);
  private final AtomicInteger asked = new AtomicInteger();
  private final List<String> signals = new ArrayList<>();
  private int throttleEach = Integer.MAX_VALUE;
  private String comeBackAfter = "5";
  private final ArmOverHttp http = new ArmOverHttp(SUBSCRIPTIONS, this::answer);

  @BeforeEach
  void fleet() {
    service.showOnAPage(PAGE);
    List<KeyId> keys =
        IntStream.range(0, 8)
            .mapToObj(number -> new VaultKey("fleet-kv.vault.azure.net", "key-" + number))
            .map(vault::createVersion)
            .toList();
    for (int number = 0; number < CLUSTERS; number++) {
      String group = SUBSCRIPTIONS.get(number % 4) + "/resourceGroups/rg-" + number % 20;
      arm.add(shaped(NewCluster.in(group, "cluster-" + number), keys.get(number % 8), number));
    }
  }

  /** Of a hundred, one has KMS off and one is encrypted by the platform. */
  private static NewCluster shaped(NewCluster cluster, KeyId key, int number) {
    return switch (number % 100) {
      case 0 -> cluster;
      case 1 -> cluster.encryptedByPlatform();
      default -> cluster.withKey(key);
    };
  }

  @AfterEach
  void stop() {
    http.close();
  }

  private AzureAnswer answer(AzureRequest request) {
    return asked.incrementAndGet() % throttleEach == 0
        ? AzureAnswer.json(429, "{}").with("Retry-After", comeBackAfter)
        : service.answer(request);
  }

  @Test
  void oneLook_costsARequestForEachPage() {
    FoundClusters found = http.clusters.find();

    assertThat(found.all()).hasSize(CLUSTERS).doesNotHaveDuplicates();
    assertThat(found.clusters())
        .filteredOn(cluster -> cluster.experience() == KmsExperience.VERSIONED_KEY)
        .hasSize(CLUSTERS * 98 / 100);
    assertThat(asked).hasValue(CLUSTERS / PAGE);
  }

  @Test
  void throttledNowAndThen_allIsFoundForARequestMoreEachTime() {
    throttleEach = 9;

    assertThat(http.clusters.find().all()).hasSize(CLUSTERS);

    assertThat(http.waited).hasSize(4).containsOnly(Duration.ofSeconds(5));
    assertThat(asked).hasValue(CLUSTERS / PAGE + 4);
  }

  @Test
  void throttledForLong_scopeInTroubleIsNamedAndTheOthersAreLookedThrough() {
    throttleEach = 25; // in the third subscription
    comeBackAfter = "300";

    FoundClusters found = http.clusters.find();

    assertThat(found.clusters()).hasSize(CLUSTERS * 3 / 4);
    assertThat(found.missing()).extracting(OutsideFault::kind).containsOnly(OutsideFault.Kind.BUSY);
    assertThat(found.missing()).hasSize(1);
    assertThat(found.missing().get(0)).hasMessageContaining(SUBSCRIPTIONS.get(2));
  }

  @Test
  void oneRunOfTheTimer_asksArmForPagesAndForWhatLiesAroundAFewClusters() {
    throttleEach = 9;
    Reconcile timer =
        new Reconcile(ports(), Conduct.auto(Cloud.PUBLIC), () -> Map.of("poison", 0L));

    timer.run();

    int aroundAFew = 25 * 5; // of so many clusters in a run, however many there are
    assertThat(asked.get()).isLessThan(CLUSTERS / PAGE + 8 + aroundAFew);
    assertThat(signals.stream().filter("rotation-not-begun already-on-newest"::equals))
        .hasSize(CLUSTERS * 98 / 100);
    assertThat(signals).noneMatch(signal -> signal.contains("not-looked-at"));
  }

  private Ports ports() {
    return new Ports(
        http.clusters,
        http.clusters.surroundings(),
        vault,
        cluster -> {
          throw new AssertionError("no API server is to be asked");
        },
        new TableRecords(new MemoryTable()),
        (message, delay) -> {},
        (name, reason) -> signals.add(name + " " + reason),
        last -> "id",
        time);
  }

  /** No control plane ever moves here. */
  private static final class Unmoved implements ControlPlane {
    @Override
    public void roll(ClusterName cluster, KeyId keyId) {}

    @Override
    public void upgrade(ClusterName cluster, String version) {}

    @Override
    public boolean hasRolled(ClusterName cluster) {
      return true;
    }
  }
}
