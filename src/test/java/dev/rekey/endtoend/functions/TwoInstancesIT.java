package dev.rekey.endtoend.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.testbed.Seed;
import dev.rekey.testbed.functionshost.FunctionsHost;
import dev.rekey.testbed.functionshost.HostOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two instances of the app share the shards of one cluster through storage alone. */
class TwoInstancesIT {
  private static final int SECRETS = 8_000;
  private static final int LIMIT = 12;

  /** The API server renews its own lease and writes its own configuration now and then. */
  private static final int ITS_OWN = 1;

  @Test
  void bothWorkAtTheSameTime_theApiServerSeesNoMoreThanTheLimitAndTheTalliesAddUp() {
    try (AzureWorld world = new AzureWorld(1)) {
      Seed.plant(world.testbed.requests(), SECRETS, 64, 20);
      Map<String, String> limit = Map.of("REKEY_MAX_IN_FLIGHT", "" + LIMIT);
      FunctionsHost first = world.start(HostOptions.defaults(), limit);
      FunctionsHost other = world.start(HostOptions.defaults(), limit);
      first.run("Reconcile", "");
      world.awaitMet();
      KeyId second = world.vault.createVersion(AzureWorld.KEY);

      Operation rotation;
      InFlightWatch watch = new InFlightWatch(world.testbed);
      try (watch) {
        other.run("Reconcile", "");
        rotation = world.awaitRotation();
      }

      world.assertCompleted(rotation);
      assertThat(first.lines("Executed 'Functions.ReencryptShard' (Succeeded")).isNotEmpty();
      assertThat(other.lines("Executed 'Functions.ReencryptShard' (Succeeded")).isNotEmpty();
      assertThat(watch.most()).isBetween((long) LIMIT / 2, (long) LIMIT + ITS_OWN);
      long stored = world.stored().get(AzureWorld.kmsName(second));
      Evidence evidence = world.evidence(rotation);
      assertThat(evidence.secrets()).isEqualTo(new Evidence.Secrets(stored, stored, 0, 0, 0, 0));
      assertThat(evidence.proof().unchanged()).isEqualTo(stored);
    }
  }
}
