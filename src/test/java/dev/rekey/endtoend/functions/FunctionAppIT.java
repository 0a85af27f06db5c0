package dev.rekey.endtoend.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.key.KeyId;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.testbed.Seed;
import dev.rekey.testbed.functionshost.FunctionsHost;
import dev.rekey.testbed.functionshost.HostOptions;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The packaged function app through its own HTTP: Azure's clients, Azurite by identity, a real API
 * server and etcd.
 */
class FunctionAppIT {
  private static final int SECRETS = 2_000;

  @Test
  void documentedEventComesInOverHttp_everySecretComesOutProved() {
    try (AzureWorld world = new AzureWorld(1)) {
      Seed seed = Seed.plant(world.testbed.requests(), SECRETS, 1024, 40);
      FunctionsHost host = world.start(HostOptions.defaults());
      host.run("Reconcile", ""); // the day of installation
      Calls calls = new Calls(host);
      world.awaitMet();

      KeyId second = world.vault.createVersion(AzureWorld.KEY);
      for (String event : world.vault.takeEvents()) {
        assertThat(calls.deliver(event)).isEqualTo(202);
      }

      Operation rotation = world.awaitRotation();
      assertProved(world, rotation, second);
      assertThat(rotation.origin().trigger()).isEqualTo(Origin.Trigger.EVENT);
      assertThat(seed.differences()).isEmpty();
      assertReadable(calls, rotation, second);
      assertThat(host.troubles()).isEmpty();
    }
  }

  @Test
  void operatorAsksOverHttp_aVersionFromBeforeTheFirstMeetingIsTaken() {
    try (AzureWorld world = new AzureWorld(1)) {
      Seed.plant(world.testbed.requests(), 100, 64, 5);
      KeyId second = world.vault.createVersion(AzureWorld.KEY);
      FunctionsHost host = world.start(HostOptions.defaults());
      Calls calls = new Calls(host);
      JsonNode listed = calls.read("/api/clusters");
      assertThat(listed.toString()).contains(world.name.value()).contains(second.url());

      JsonNode plan = calls.planRotation(world.name.value());
      assertThat(plan.at("/check/outcome").asText()).as("%s", plan).isEqualTo("passes");
      assertThat(plan.at("/findings").findValuesAsText("verdict"))
          .doesNotContain("failed", "warned");
      assertThat(plan.at("/dryRun/looked").asLong())
          .isEqualTo(world.testbed.etcd().secrets().size());
      assertThat(world.records.operations(world.name)).isEmpty();

      HttpResponse<String> first = calls.rotate(world.name.value(), "ticket-1", "quarterly");
      HttpResponse<String> again = calls.rotate(world.name.value(), "ticket-1", "quarterly");

      assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
      assertThat(again.headers().firstValue("Location"))
          .isEqualTo(first.headers().firstValue("Location"));
      Operation rotation = world.awaitRotation();
      assertProved(world, rotation, second);
      assertThat(rotation.origin().trigger()).isEqualTo(Origin.Trigger.HTTP);
      assertThat(rotation.origin().reason()).isEqualTo("quarterly");
    }
  }

  @Test
  void eventIsLost_theTimerRotates() {
    try (AzureWorld world = new AzureWorld(1)) {
      Seed.plant(world.testbed.requests(), 100, 64, 5);
      FunctionsHost host = world.start(HostOptions.defaults());
      host.run("Reconcile", "");
      world.awaitMet();
      KeyId second = world.vault.createVersion(AzureWorld.KEY);
      Calls calls = new Calls(host);
      assertThat(needs(calls, 1)).containsExactly("current");
      HttpResponse<String> released =
          calls.release(AzureWorld.KEY.shortName(), "release-1", "the canary is slow");
      assertThat(released.statusCode()).as(released.body()).isEqualTo(200);
      assertThat(released.body()).contains(second.url(), "ana@example.com", "the canary is slow");
      assertThat(calls.read("/api/clusters/" + world.name.value()).at("/release/keyId").asText())
          .isEqualTo(second.url());

      host.run("Reconcile", "");

      Operation rotation = world.awaitRotation();
      assertProved(world, rotation, second);
      assertThat(rotation.origin().trigger()).isEqualTo(Origin.Trigger.TIMER);
      assertThat(needs(calls, 0)).containsExactly("current");
      assertThat(needs(calls, 1)).containsExactly("previous");
      JsonNode cluster = calls.read("/api/clusters/" + world.name.value());
      assertThat(cluster.at("/slots/0/keyId").asText()).isEqualTo(second.url());
      assertThat(cluster.path("history").findValuesAsText("by")).contains("met-so", "operation");
      assertThat(cluster.at("/proved/keyId").asText()).isEqualTo(second.url());
      assertThat(host.troubles()).isEmpty();
    }
  }

  /** The slots in which a version of the only key is needed; the newest version comes first. */
  private static List<String> needs(Calls calls, int version) {
    JsonNode keys = calls.read("/api/keys");
    assertThat(keys.path("keys")).as("%s", keys).hasSize(1);
    return keys.at("/keys/0/versions/" + version + "/neededBy").findValuesAsText("slot");
  }

  private static void assertProved(AzureWorld world, Operation rotation, KeyId second) {
    world.assertCompleted(rotation);
    assertThat(world.stored()).containsOnlyKeys(AzureWorld.kmsName(second));
    long stored = world.stored().get(AzureWorld.kmsName(second));
    Evidence evidence = world.evidence(rotation);
    assertThat(evidence.secrets()).isEqualTo(new Evidence.Secrets(stored, stored, 0, 0, 0, 0));
    assertThat(evidence.proof()).isEqualTo(new Evidence.Proof("counters", stored, stored, 0));
    assertThat(evidence.census().after()).isEqualTo(Map.of(second.url(), stored));
    assertThat(world.records.ledger(world.name).orElseThrow().value().proved().key())
        .isEqualTo(second);
    assertThat(world.arm.acceptedUpdates()).hasSize(1);
  }

  private static void assertReadable(Calls calls, Operation rotation, KeyId second) {
    JsonNode operation = calls.read("/api/operations/" + rotation.id());
    assertThat(operation.path("state").asText()).isEqualTo("completed");
    JsonNode evidence = calls.read("/api/operations/" + rotation.id() + "/evidence");
    assertThat(evidence.at("/key/to").asText()).isEqualTo(second.url());
    assertThat(calls.get("/api/health").statusCode()).isEqualTo(200);
  }
}
