package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.ORIGIN;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Ledger;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Route;
import dev.rekey.operation.ShownKms;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Between the decision to change a vault and the request somebody may turn KMS on. */
class ChangeVaultTest {
  private static final String VAULT = "/subscriptions/s/vaults/v";

  private final World world = new World();

  @Test
  void kmsIsOff_theVaultIsClosed() {
    world.clusters.put(off());

    changeVault();

    assertThat(world.log).contains("vault to be PRIVATE");
  }

  @Test
  void kmsHasBeenTurnedOnMeanwhile_theVaultStaysAsItIs() {
    world.clusters.put(clusterOn(1));

    changeVault();

    assertThat(world.log).doesNotContain("vault to be PRIVATE");
  }

  private void changeVault() {
    world.records.begin(CLUSTER, Ledger.firstSeen(NOW, key(1)));
    Route route = Route.of(KmsSettings.OFF, KmsSettings.ofPrivate(key(1), VAULT));
    Operation started =
        new StartOperation(world.ports).start(CLUSTER, Kind.ENABLE, route, ORIGIN).orElseThrow();

    new UpdateWork(world.ports)
        .changeVault(
            world.records.operation(CLUSTER, started.id()).orElseThrow(),
            new Effect.UpdateVault(VAULT, NetworkAccess.PRIVATE));
  }

  private static ManagedCluster off() {
    return new ManagedCluster(
        CLUSTER, "/id", KmsExperience.NONE, ShownKms.OFF, "1.33.5", "now", "Succeeded", Map.of());
  }
}
