package dev.rekey.app.simulated.fleet;

import dev.rekey.app.simulated.Envelopes;
import dev.rekey.app.simulated.KeyView;
import dev.rekey.app.simulated.ServersIdentity;
import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.simulation.SimulatedControlPlane;
import dev.rekey.simulation.azure.KmsIdentity;
import dev.rekey.simulation.azure.NewCluster;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.azure.UsualNeighbours;
import dev.rekey.simulation.cluster.ClusterShape;
import dev.rekey.simulation.cluster.SecretBatch;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.cluster.replica.ReplicaSettings;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import dev.rekey.simulation.time.VirtualTime;
import java.util.List;
import java.util.SplittableRandom;

/** One cluster of a fleet: its API servers and etcd, its control plane, its identity, its key. */
final class FleetMember {
  private static final int LEAST_SECRETS = 12;
  private static final int MOST_SECRETS = 40;
  private static final int NAMESPACES = 4;

  final int number;
  final ClusterName name;
  final VaultKey home;
  final String vaultResource;
  final SimulatedControlPlane controlPlane = new SimulatedControlPlane();
  final ServersIdentity serversIdentity;
  final KmsIdentity identity;
  final SimulatedCluster cluster;
  final KeyView keys;
  final Envelopes envelopes;

  /** A cluster that has been there for long, with everything under the key's first version. */
  FleetMember(
      int number,
      VaultKey home,
      VirtualTime time,
      SimulatedVault vault,
      SimulatedArm arm,
      SplittableRandom random) {
    this.number = number;
    this.home = home;
    KeyId first = vault.allVersions(home).get(0).id();
    name = arm.add(newCluster(number, first, random));
    String vaultName = home.vaultHost().substring(0, home.vaultHost().indexOf('.'));
    vaultResource = new UsualNeighbours(arm.neighbours()).around(arm.body(name), vaultName);
    identity = new KmsIdentity(arm, name, vaultResource);
    serversIdentity = new ServersIdentity(vault);
    ClusterShape servers =
        ClusterShape.encrypting(EncryptionConfiguration.encrypted(first.url()))
            .withReplicas(2 + random.nextInt(2))
            .with(ReplicaSettings.measured().pollingWhenLookedAt());
    int secrets = random.nextInt(LEAST_SECRETS, MOST_SECRETS + 1);
    cluster =
        new SimulatedCluster(servers, serversIdentity, time, random.nextLong())
            .seed(SecretBatch.of(secrets, NAMESPACES).withBytes(64))
            .start();
    controlPlane.drive(cluster, first);
    keys = new KeyView(arm, vault, name, home);
    envelopes = new Envelopes(cluster, controlPlane, keys, true);
  }

  /** Some are to come after others of their key. */
  private static NewCluster newCluster(int number, KeyId first, SplittableRandom random) {
    NewCluster plain = NewCluster.named("fleet-%02d".formatted(number)).withKey(first);
    int wave = random.nextInt(3);
    return wave == 0 ? plain : plain.tagged("rekey-wave", Integer.toString(wave));
  }

  /** The API servers that run. */
  List<SimulatedReplica> alive() {
    return cluster.replicas().stream().filter(SimulatedReplica::isAlive).toList();
  }

  @Override
  public String toString() {
    return "fleet-%02d".formatted(number);
  }
}
