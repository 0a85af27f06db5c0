package dev.rekey.service;

import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.cluster;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyWithoutVersionTest {
  private final World world = new World();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.vault.azure.net/keys/etcd",
        "https://example.vault.azure.net/keys/etcd/",
        "https://example.vault.azure.net/keys/etcd/v1"
      })
  void keyOfTheCustomer_hasTheVersionsThatTheVaultHolds(String shown) {
    assertThat(new KeyWithoutVersion(world.ports).versions(on(shown)))
        .containsExactly(key(1), key(2));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "https://elsewhere.example/keys/etcd",
        "https://example.vault.azure.net/secrets/etcd",
        "https://example.vault.azure.net/keys/etcd/v1/x"
      })
  void anythingElse_asksNoVault(String shown) {
    world.vault.fault = World.fault(OutsideSystem.VAULT, OutsideFault.Kind.BROKEN);

    assertThat(new KeyWithoutVersion(world.ports).versions(on(shown))).isEmpty();
    assertThat(world.signals).isEmpty();
  }

  @Test
  void vaultThatIsClosedToUs_isSaidAndNothingWaitsForIt() {
    world.vault.fault = World.fault(OutsideSystem.VAULT, OutsideFault.Kind.FORBIDDEN);

    assertThat(
            new KeyWithoutVersion(world.ports)
                .versions(on("https://example.vault.azure.net/keys/etcd")))
        .isEmpty();
    assertThat(world.signals).containsExactly("key-not-looked-at VAULT/FORBIDDEN");
  }

  private static ManagedCluster on(String shown) {
    return cluster(KmsExperience.PLATFORM_MANAGED, shown, ETAG, "Succeeded");
  }
}
