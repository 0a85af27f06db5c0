package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import dev.rekey.testbed.PlainRequests;
import dev.rekey.testbed.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A census while another client gets old Secrets as fast as it can. */
class CensusWithNoiseIT {
  private static final Origin ORIGIN = new Origin(Origin.Trigger.COMMAND_LINE, "test", "a test");

  @Test
  void oldSecretsAreReadAllTheTime_countsSayByHowMuchTheyAreTooHighAndTheSearchEnds()
      throws Exception {
    try (RealCluster cluster = new RealCluster(2)) {
      KeyId first = cluster.firstKey;
      Seed old = Seed.plant(cluster.testbed.requests(), "older", 50, 1024, 3);
      KeyId second = cluster.vault.createVersion(RealCluster.KEY);
      cluster.testbed.applyKey(second.url());
      Seed.plant(cluster.testbed.requests(), "newer", 450, 1024, 20);
      long stored = cluster.stored(first, second).get(first.url());
      List<String> paths =
          old.markers().keySet().stream()
              .map(name -> name.split("/"))
              .map(name -> PlainRequests.secretPath(name[0], name[1]))
              .toList();
      PlainRequests other = cluster.testbed.requests().onFreshConnection();

      Operation ended;
      try (ReadingClient reading = ReadingClient.begin(other, paths)) {
        ended =
            cluster.finish(
                cluster
                    .rekey
                    .startCensus(cluster.name, Route.UNKNOWN, false, ORIGIN)
                    .orElseThrow());
        assertThat(reading.reads()).isGreaterThan(100);
      }

      Evidence.Census census = cluster.evidence(ended).census();
      Evidence.Accuracy accuracy = census.accuracy();
      long counted = census.after().get(first.url());
      assertThat(accuracy.exact()).isFalse();
      assertThat(counted).isGreaterThan(stored);
      assertThat(counted - accuracy.tooHighByAtMost()).isLessThanOrEqualTo(stored);
      assertThat(accuracy.othersReadPerSecond().get(first.url())).isGreaterThan(20);
      assertThat(accuracy.tooHighByAbout().get(first.url())).isPositive();
      assertThat(ended.progress().findings().search().rounds()).isLessThan(100);
      assertThat(census.places())
          .as("only where old ones are")
          .isNotEmpty()
          .allMatch(place -> place.namespace().startsWith("older-"));
    }
  }
}
