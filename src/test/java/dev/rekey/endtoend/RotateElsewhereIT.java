package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.simulation.azure.UsualNeighbours;
import dev.rekey.testbed.Seed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A real cluster is rotated to a key of another name, to another vault, and to one that only a
 * private endpoint leads to; raw etcd is the judge. Each rotation begins where the one before has
 * led.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RotateElsewhereIT {
  private static final int SECRETS = 2_000;
  private static final String VAULTS = ".vault.azure.net";

  private RealCluster cluster;
  private Judge judge;
  private KeyId current;

  @BeforeAll
  void begin() {
    cluster = new RealCluster(2);
    judge = new Judge(cluster, Seed.plant(cluster.testbed.requests(), SECRETS, 1024, 40));
    current = cluster.firstKey;
  }

  @AfterAll
  void end() {
    cluster.close();
  }

  @Test
  @Order(1)
  void toAKeyOfAnotherName_allLiesUnderIt() throws Exception {
    rotated(KmsSettings.of(madeIn("example", "another-name")));
  }

  @Test
  @Order(2)
  void toAnotherVault_allLiesUnderItsKey() throws Exception {
    vault("second");

    rotated(KmsSettings.of(madeIn("second", "etcd")));
  }

  /** Another vault with another mode is one update, with KMS on all the time. */
  @Test
  @Order(3)
  void toAPrivateVault_allLiesUnderItsKeyAndNothingWasEverPlain() throws Exception {
    cluster.arm.integrateApiServers(cluster.name);
    String vault = vault("third");
    close(vault);

    rotated(KmsSettings.ofPrivate(madeIn("third", "etcd"), vault));
  }

  private void rotated(KmsSettings to) throws InterruptedException {
    Operation ended = cluster.finish(new PersonsWish(cluster, Kind.ROTATE, to).begun());

    judge.assertLedAlong(ended);
    judge.assertProvedByCounters(ended);
    assertThat(ended.route().stops()).hasSize(2).last().isEqualTo(to);
    assertThat(cluster.evidence(ended).key())
        .isEqualTo(new Evidence.Keys(current.url(), to.key().url()));
    current = to.key();
  }

  private KeyId madeIn(String vault, String name) {
    return cluster.vault.createVersion(new VaultKey(vault + VAULTS, name));
  }

  private String vault(String name) {
    return new UsualNeighbours(cluster.arm.neighbours())
        .around(cluster.arm.body(cluster.name), name);
  }

  private void close(String vault) {
    cluster
        .arm
        .neighbours()
        .change(
            vault, body -> body.withObject("/properties").put("publicNetworkAccess", "Disabled"));
  }
}
