package dev.rekey.aks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.simulation.azure.ControlPlane;
import dev.rekey.simulation.azure.NewCluster;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.azure.UsualNeighbours;
import dev.rekey.simulation.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A simulated ARM with clusters in two subscriptions, each over more than one page. */
final class ArmWorld {
  static final Duration UPDATE_TAKES = Duration.ofMinutes(5);
  static final String FIRST_SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-0000000000a1";
  static final String SECOND_SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-0000000000b2";
  static final String GROUP = SECOND_SUBSCRIPTION + "/resourceGroups/Apps_(west)";
  static final List<String> SCOPES = List.of(FIRST_SUBSCRIPTION, GROUP);

  private static final VaultKey KEY = new VaultKey("sample-kv.vault.azure.net", "secrets");

  final VirtualTime time = new VirtualTime(Instant.parse("2026-03-01T10:00:00Z"));
  private final Random random = new Random(1);
  final SimulatedVault vault = new SimulatedVault(time, random);
  final SimulatedArm arm = new SimulatedArm(time, random, vault, new RolledAtOnce(), UPDATE_TAKES);
  final KeyId first = vault.createVersion(KEY);
  final KeyId second = vault.createVersion(KEY);

  /** The one that most tests are about. */
  final ClusterName prod = add(FIRST_SUBSCRIPTION + "/resourceGroups/rg1", "prod");

  final List<ClusterName> inScope =
      List.of(
          prod,
          add(FIRST_SUBSCRIPTION + "/resourceGroups/rg1", "Test_1"),
          add(FIRST_SUBSCRIPTION + "/resourceGroups/rg2", "prod"),
          add(FIRST_SUBSCRIPTION + "/resourceGroups/rg2", "stage"),
          add(FIRST_SUBSCRIPTION + "/resourceGroups/rg2", "demo"),
          add(GROUP, "one"),
          add(GROUP, "two"),
          add(GROUP, "three"));

  private final String vaultResource =
      new UsualNeighbours(arm.neighbours()).around(arm.body(prod), "sample-kv");

  private ClusterName add(String group, String name) {
    return arm.add(NewCluster.in(group, name).withKey(first).tagged("rekey-wave", "2"));
  }

  /** One that no scope holds. */
  ClusterName addOutOfScope() {
    return add(SECOND_SUBSCRIPTION + "/resourceGroups/other", "outside");
  }

  /** The ARM id of the vault beside {@link #prod}. */
  String vaultResource() {
    return vaultResource;
  }

  ObjectNode vaultBody() {
    return arm.neighbours().get(vaultResource, "Microsoft.KeyVault/vaults/read");
  }

  String etag(ClusterName cluster) {
    return arm.body(cluster).path("eTag").asText();
  }

  static List<ClusterName> names(List<ManagedCluster> clusters) {
    return clusters.stream().map(ManagedCluster::name).toList();
  }

  private static final class RolledAtOnce implements ControlPlane {
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
