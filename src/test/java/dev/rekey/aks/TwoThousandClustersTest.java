package dev.rekey.aks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

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
import dev.rekey.simulation.azure.UsualNeighbours;
import dev.rekey.simulation.azure.http.AzureAnswer;
import dev.rekey.simulation.azure.http.AzureRequest;
import dev.rekey.simulation.azure.http.arm.ArmService;
import dev.rekey.simulation.time.VirtualTime;
import dev.rekey.storage.MeasuredTable;
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
  private static final int GROUPS = 20;
  private static final Duration BETWEEN_RUNS = Duration.ofMinutes(10);

  /** Requests about what lies around 25 clusters in turn, however many there are. */
  private static final int MOST_AROUND = 25 * 13;

  private static final List<String> SUBSCRIPTIONS =
      IntStream.rangeClosed(1, 4)
          .mapToObj(each -> "/subscriptions/00000000-0000-0000-0000-00000000000" + each)
          .toList();

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-03-01T10:00:00Z"));
  private final Random random = new Random(1);
  private final SimulatedVault vault = new SimulatedVault(time, random);
  private final MeasuredTable table = new MeasuredTable();
  private final List<KeyId> keys = new ArrayList<>();
  private final SimulatedArm arm =
      new SimulatedArm(time, random, vault, new Unmoved(), Duration.ofMinutes(5));
  private final ArmService service = new ArmService(arm);
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger pages = new AtomicInteger();
  private final AtomicInteger others = new AtomicInteger();
  private final AtomicInteger throttledPages = new AtomicInteger();
  private final List<String> signals = new ArrayList<>();
  private int throttleEach = Integer.MAX_VALUE;
  private String comeBackAfter = "5";
  private final ArmOverHttp http = new ArmOverHttp(SUBSCRIPTIONS, this::answer);

  @BeforeEach
  void fleet() {
    service.showOnAPage(PAGE);
    for (int number = 0; number < GROUPS; number++) {
      keys.add(vault.createVersion(new VaultKey(vaultOf(number) + ".vault.azure.net", "etcd")));
    }
    add(0, CLUSTERS);
  }

  /** Those of a resource group share an identity, and a key in a vault that lies in it. */
  private void add(int from, int to) {
    UsualNeighbours neighbours = new UsualNeighbours(arm.neighbours());
    for (int number = from; number < to; number++) {
      String group = SUBSCRIPTIONS.get(number % 4) + "/resourceGroups/rg-" + number % GROUPS;
      NewCluster cluster = NewCluster.in(group, "cluster-" + number);
      ClusterName added = arm.add(shaped(cluster, keys.get(number % GROUPS), number));
      if (number < GROUPS) {
        neighbours.around(arm.body(added), vaultOf(number));
      }
    }
  }

  private static String vaultOf(int number) {
    return "fleet-kv-" + number % GROUPS;
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
    boolean isPage = request.path().endsWith("/managedClusters");
    if (asked.incrementAndGet() % throttleEach == 0) {
      throttledPages.addAndGet(isPage ? 1 : 0);
      return AzureAnswer.json(429, "{}").with("Retry-After", comeBackAfter);
    }
    (isPage ? pages : others).incrementAndGet();
    return service.answer(request);
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
  void runsOfTheTimer_askArmOnceForEachPageAndForWhatLiesAroundAFewClusters() {
    throttleEach = 9;
    Reconcile timer = timer();

    for (int run = 0; run < 3; run++) {
      signals.clear();
      run(timer);

      assertThat(pages).hasValue(CLUSTERS / PAGE);
      assertThat(throttledPages).hasPositiveValue();
      assertThat(others).hasValueBetween(1, MOST_AROUND);
      assertThat(http.waited.stream().reduce(Duration.ZERO, Duration::plus))
          .isLessThan(BETWEEN_RUNS.dividedBy(2));
      assertThat(signals.stream().filter("rotation-not-begun already-on-newest"::equals))
          .hasSize(CLUSTERS * 98 / 100);
      assertThat(signals)
          .noneMatch(signal -> signal.matches("(cluster|scope)-not-looked-at .*"))
          .filteredOn("key-not-looked-at ARM/BUSY"::equals) // around one, until its next turn
          .hasSizeLessThanOrEqualTo(25);
    }
  }

  @Test
  void fleetIsTwiceAsLarge_oneRunOfTheTimerAsksForItsFurtherPagesAlone() {
    Reconcile timer = timer();
    run(timer);
    int before = others.get();
    add(CLUSTERS, 2 * CLUSTERS);

    run(timer);

    assertThat(pages).hasValue(2 * CLUSTERS / PAGE);
    assertThat(others.get()).isBetween(1, MOST_AROUND).isCloseTo(before, withinPercentage(10));
  }

  /** Vaults and records are asked over a network too; a run has ten minutes before the next. */
  @Test
  void runOfTheTimer_asksVaultsOnceForEachKeyAndRecordsAFewTimesForEachCluster() {
    Reconcile timer = timer();
    run(timer);
    long queries = table.queries();
    long written = table.written();
    int lists = vault.calls().lists();

    run(timer);

    assertThat(table.queries() - queries).isLessThan(10 * CLUSTERS);
    assertThat(table.written()).isEqualTo(written);
    assertThat(vault.calls().lists() - lists).isLessThanOrEqualTo(3 * GROUPS);
  }

  private Reconcile timer() {
    return new Reconcile(ports(), Conduct.auto(Cloud.PUBLIC), () -> Map.of("poison", 0L));
  }

  private void run(Reconcile timer) {
    time.advance(BETWEEN_RUNS);
    List.of(pages, others, throttledPages).forEach(count -> count.set(0));
    http.waited.clear();
    timer.run();
  }

  private Ports ports() {
    return new Ports(
        http.clusters,
        http.clusters.surroundings(),
        vault,
        cluster -> {
          throw new AssertionError("no API server is to be asked");
        },
        new TableRecords(table),
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
