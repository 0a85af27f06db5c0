package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.testbed.Seed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A real cluster is rotated to a key version that no API server may use, and led back; raw etcd is
 * the judge. The first API server has restarted on it and doesn't come up, the second one was never
 * restarted.
 */
class ReturnIT {
  private static final int SECRETS = 2_000;
  private static final Origin APPROVER =
      new Origin(Origin.Trigger.COMMAND_LINE, "the approver", "the plan was read");

  @Test
  void noApiServerCanLoadTheNewVersionAndRekeyIsKilledAtEveryStepOfTheReturn_allLiesUnderTheOld()
      throws Exception {
    try (RealCluster cluster = new RealCluster(2)) {
      Judge judge = new Judge(cluster, Seed.plant(cluster.testbed.requests(), SECRETS, 1024, 40));
      KeyId next = cluster.vault.createVersion(RealCluster.KEY);
      cluster.forbidden.add(next);
      Operation rotation = cluster.start(Kind.ROTATE, Route.of(cluster.firstKey, next));
      pausedOnceArmShows(cluster, next, rotation);
      assertThat(cluster.stored(cluster.firstKey))
          .isEqualTo(Map.of(cluster.firstKey.url(), judge.stored));
      judge.forgetUpdates();

      Operation planned = cluster.finish(new PersonsWish(cluster, Kind.RETURN, null).begun());
      assertThat(pending(planned).reason()).isEqualTo(Reason.AWAITING_APPROVAL);
      cluster.rekey.approve(planned, APPROVER);
      MortalRekey mortal = new MortalRekey(cluster);
      Operation ended = mortal.finish(cluster.active());

      judge.assertLedAlong(ended);
      judge.assertProvedByCounters(ended);
      assertThat(ended.to()).isEqualTo(cluster.firstKey);
      assertThat(mortal.steps()).containsAll(List.of("update-cluster", "write", "prove", "record"));
      assertThat(cluster.evidence(ended).operation().approver()).isEqualTo(APPROVER.actor());
      Ending of = Objects.requireNonNull(cluster.latest(rotation).progress().ending());
      assertThat(of.reason()).isEqualTo(Reason.RETURNED);
    }
  }

  /** ARM has succeeded, and Rekey waits for API servers that can't read the new version. */
  private static void pausedOnceArmShows(RealCluster cluster, KeyId key, Operation rotation)
      throws InterruptedException {
    Order pause =
        new Order(
            Order.Action.PAUSE,
            "the operator",
            "no API server comes up",
            cluster.now(),
            null,
            null);
    Operation latest = rotation;
    while (latest.progress().orders().pause().isEmpty()) {
      latest = cluster.rekey.run(latest, now -> {}, Duration.ofSeconds(5));
      boolean waits = pending(latest).reason() == Reason.REPLICA_DOES_NOT_READ_TARGET;
      if (waits && cluster.keyIdInArm().equals(key.url())) {
        cluster.rekey.steer(latest, pause);
        latest = cluster.latest(latest);
      }
    }
  }

  private static Pending pending(Operation operation) {
    return Objects.requireNonNull(operation.progress().pending());
  }
}
