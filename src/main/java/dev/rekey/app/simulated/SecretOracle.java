package dev.rekey.app.simulated;

import dev.rekey.simulation.cluster.StorageOracle;
import dev.rekey.simulation.cluster.encryption.Provider;
import dev.rekey.simulation.cluster.etcd.EtcdWatcher;
import dev.rekey.simulation.cluster.etcd.StoredSecret;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** K8, S1 and S4: what a write does, in the instant in which etcd takes it. */
final class SecretOracle implements Oracle, EtcdWatcher {
  private final SimulatedWorld world;
  private final Violations violations;
  private final Map<String, StoredSecret> known = new HashMap<>();
  private final Map<String, byte[]> contents = new HashMap<>();
  private int writes;

  SecretOracle(SimulatedWorld world, Violations violations) {
    this.world = world;
    this.violations = violations;
    for (StoredSecret secret : world.cluster.oracle().secrets()) {
      known.put(secret.key().path(), secret);
      contents.put(secret.key().path(), content(secret));
    }
    world.cluster.watch(this);
  }

  private byte[] content(StoredSecret secret) {
    return world.cluster.oracle().content(secret.key().namespace(), secret.key().name()).toBytes();
  }

  /** Stands for what is in all Secrets: the same number, the same contents. */
  int contents() {
    Map<String, Integer> each = new HashMap<>();
    contents.forEach((path, content) -> each.put(path, Arrays.hashCode(content)));
    return each.hashCode();
  }

  /** Writes of ours so far. */
  int writes() {
    return writes;
  }

  @Override
  public void written(StoredSecret secret, byte[] content) {
    String path = secret.key().path();
    StoredSecret before = known.put(path, secret);
    byte[] earlier = contents.put(path, content);
    if (world.disturbances().areAtWork()) {
      world.disturbances().noteWritten(secret);
      return;
    }
    writes++;
    violations.check(!world.isObservedOnly(), "K8", "a Secret of AKS' own key was written");
    violations.check(
        !world.controlPlane.prefixesOfKmsV1().contains(StorageOracle.keyId(secret))
            || world.disturbances().haveJustMoved(),
        "K8",
        "a Secret was written under KMS v1");
    violations.check(before != null, "S4", "a Secret was made");
    violations.check(
        before == null || before.uid().equals(secret.uid()), "S4", "a Secret was made anew");
    violations.check(
        earlier == null || Arrays.equals(earlier, content), "S4", "a Secret was altered");
    violations.check(
        world.cluster.replicas().stream()
                .filter(SimulatedReplica::isAlive)
                .allMatch(replica -> reads(replica, StorageOracle.keyId(secret)))
            || world.disturbances().areRolling()
            || world.disturbances().haveJustMoved(),
        "S1",
        "a Secret was written under a key that an API server doesn't read");
  }

  private boolean reads(SimulatedReplica replica, String keyId) {
    return replica.configuration().providers().stream()
        .anyMatch(
            provider ->
                provider instanceof Provider.Kms kms
                    ? Envelopes.keyIdOf(kms.keyUrl()).equals(keyId)
                    : keyId.equals(StorageOracle.PLAIN));
  }

  @Override
  public void deleted(StoredSecret last) {
    known.remove(last.key().path());
    contents.remove(last.key().path());
    violations.check(world.disturbances().areAtWork(), "S4", "a Secret was deleted");
  }

  @Override
  public void afterStep() {
    violations.check(
        world.envelopes.isEverySecretInSlot() || world.disturbances().haveLostSecrets(),
        "K2",
        "a Secret lies under a key version that is in no slot");
  }
}
