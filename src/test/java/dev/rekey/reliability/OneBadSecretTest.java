package dev.rekey.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.app.simulated.Course;
import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.cluster.admission.Obstacle;
import dev.rekey.simulation.cluster.etcd.EtcdWatcher;
import dev.rekey.simulation.cluster.etcd.StoredSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Promise P2: one bad Secret delays nobody. */
class OneBadSecretTest {
  private static final Shape SHAPE = new Shape(Scenario.REENCRYPT, 1, 60, 4, 2, true);
  private static final Duration A_MOMENT = Duration.ofSeconds(5);

  private final Map<String, Instant> calm = new HashMap<>();
  private final Map<String, Instant> hindered = new HashMap<>();

  static Stream<Obstacle> obstacles() {
    return Stream.of(
        new Obstacle.DeniedByPolicy("frozen"),
        new Obstacle.DeniedByWebhook("guard"),
        new Obstacle.WebhookDown("guard"),
        new Obstacle.Invalid(),
        new Obstacle.Forbidden());
  }

  @ParameterizedTest
  @MethodSource("obstacles")
  void oneSecretCannotBeRewritten_allOthersAreAsSoonAsWithoutIt(Obstacle obstacle) {
    Course.of(Setup.of(SHAPE).prepared(cluster -> cluster.watch(noting(cluster, calm))));
    String bad = lastOf(calm);

    Course.Outcome outcome =
        Course.of(
            Setup.of(SHAPE)
                .prepared(
                    cluster -> {
                      put(cluster, bad, obstacle);
                      cluster.watch(noting(cluster, hindered));
                    }));

    assertThat(outcome.violations()).isEmpty();
    hindered.remove(bad);
    calm.remove(bad);
    assertThat(hindered.keySet()).isEqualTo(calm.keySet());
    assertThat(Duration.between(latest(calm), latest(hindered))).isLessThan(A_MOMENT);
  }

  private static void put(SimulatedCluster cluster, String path, Obstacle obstacle) {
    StoredSecret secret =
        cluster.oracle().secrets().stream()
            .filter(each -> each.key().path().equals(path))
            .findFirst()
            .orElseThrow();
    cluster.admission().put(secret.key().namespace(), secret.key().name(), obstacle);
  }

  private static String lastOf(Map<String, Instant> written) {
    return written.entrySet().stream()
        .max(
            Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .orElseThrow()
        .getKey();
  }

  private static Instant latest(Map<String, Instant> written) {
    return written.values().stream().max(Instant::compareTo).orElseThrow();
  }

  /** When each Secret was first rewritten. */
  private static EtcdWatcher noting(SimulatedCluster cluster, Map<String, Instant> written) {
    return new EtcdWatcher() {
      @Override
      public void written(StoredSecret secret, byte[] content) {
        written.putIfAbsent(secret.key().path(), cluster.time().instant());
      }

      @Override
      public void deleted(StoredSecret last) {
        throw new AssertionError("nobody deletes");
      }
    };
  }
}
