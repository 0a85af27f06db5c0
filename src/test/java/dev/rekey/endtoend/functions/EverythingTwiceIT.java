package dev.rekey.endtoend.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyEventType;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.operation.Operation;
import dev.rekey.testbed.Await;
import dev.rekey.testbed.Seed;
import dev.rekey.testbed.functionshost.FunctionsHost;
import dev.rekey.testbed.functionshost.HostOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A key is about to expire. Each event comes four times, in a mixed order and with older ones in
 * between; the host delivers every message twice.
 */
class EverythingTwiceIT {

  @Test
  void eachEventAndMessageComesTwice_oneVersionOneUpdateOneRecordOfEvidence() {
    try (AzureWorld world = new AzureWorld(1)) {
      Seed.plant(world.testbed.requests(), 300, 64, 10);
      FunctionsHost host =
          world.start(HostOptions.defaults().duplicateMessages(true).duplicateEvents(true));
      Calls calls = new Calls(host);
      host.run("Reconcile", "");
      world.awaitMet();
      world.vault.setExpiry(world.firstKey, Instant.now().plus(Duration.ofDays(10)));
      world.vault.announce(KeyEventType.NEAR_EXPIRY, world.firstKey);
      world.vault.announce(KeyEventType.NEW_VERSION_CREATED, world.firstKey);
      deliverTwiceMixed(calls, world.vault.takeEvents());

      KeyId second = awaitSecond(world);
      world.vault.announce(KeyEventType.NEAR_EXPIRY, world.firstKey);
      deliverTwiceMixed(calls, world.vault.takeEvents());
      host.run("Reconcile", "");
      Operation rotation = world.awaitRotation();
      world.assertCompleted(rotation);
      world.vault.announce(KeyEventType.NEAR_EXPIRY, world.firstKey);
      world.vault.announce(KeyEventType.NEW_VERSION_CREATED, second);
      deliverTwiceMixed(calls, world.vault.takeEvents());
      host.run("Reconcile", "");
      awaitQuiet(host);

      assertThat(world.vault.calls().rotations()).isEqualTo(1);
      assertThat(world.arm.acceptedUpdates()).hasSize(1);
      assertThat(world.records.operations(world.name)).hasSize(1);
      assertThat(world.stored()).containsOnlyKeys(AzureWorld.kmsName(second));
      assertThat(world.evidence(rotation).secrets().remaining()).isZero();
      assertThat(world.records.ledger(world.name).orElseThrow().value().proved().key())
          .isEqualTo(second);
      assertThat(host.troubles()).isEmpty();
    }
  }

  private static void deliverTwiceMixed(Calls calls, List<String> events) {
    List<String> twice = new ArrayList<>(events);
    twice.addAll(events);
    Collections.shuffle(twice, new Random(3));
    twice.forEach(event -> assertThat(calls.deliver(event)).isEqualTo(202));
  }

  private static KeyId awaitSecond(AzureWorld world) {
    Await.until(
        "a second key version",
        Duration.ofMinutes(1),
        () -> world.vault.versions(AzureWorld.KEY).size() == 2,
        () -> "");
    return world.vault.versions(AzureWorld.KEY).stream()
        .map(KeyVersion::id)
        .filter(id -> !id.equals(world.firstKey))
        .findFirst()
        .orElseThrow();
  }

  /** No function has begun since a while: what was delivered has been dealt with. */
  private static void awaitQuiet(FunctionsHost host) {
    int[] seen = {-1};
    Instant[] since = {Instant.now()};
    Await.until(
        "quiet",
        Duration.ofMinutes(2),
        () -> {
          int begun = host.lines("Executing 'Functions.").size();
          if (begun != seen[0]) {
            seen[0] = begun;
            since[0] = Instant.now();
          }
          return since[0].plusSeconds(5).isBefore(Instant.now());
        },
        () -> String.join("\n", host.logs()));
  }
}
