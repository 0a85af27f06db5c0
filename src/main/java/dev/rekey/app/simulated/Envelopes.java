package dev.rekey.app.simulated;

import dev.rekey.key.KeyVersion;
import dev.rekey.simulation.SimulatedControlPlane;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.cluster.StorageOracle;
import dev.rekey.simulation.cluster.etcd.StoredSecret;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Under which key versions the Secrets lie, by what is written on their envelopes in etcd. */
public final class Envelopes {
  private final SimulatedCluster cluster;
  private final SimulatedControlPlane controlPlane;
  private final KeyView keys;
  private final boolean mayBePlain;

  /** What others have moved the cluster away from while Secrets lay under it. */
  private final Set<String> droppedByOthers = new HashSet<>();

  /**
   * @param mayBePlain whether what lies plain is where it should be
   */
  public Envelopes(
      SimulatedCluster cluster,
      SimulatedControlPlane controlPlane,
      KeyView keys,
      boolean mayBePlain) {
    this.mayBePlain = mayBePlain;
    this.cluster = cluster;
    this.controlPlane = controlPlane;
    this.keys = keys;
  }

  /** How Azure's KMS plugin calls a key version. */
  static String keyIdOf(String url) {
    return StorageOracle.keyIdOf(url);
  }

  /**
   * Nobody has lost a Secret: each lies under a key version that is in a slot, or under one that
   * others had dropped and that hasn't been brought back since.
   */
  public boolean isEverySecretInSlot() {
    Set<String> held = keyIdsInSlots();
    droppedByOthers.removeAll(held);
    held.addAll(droppedByOthers);
    return cluster.oracle().secrets().stream()
        .allMatch(secret -> held.contains(StorageOracle.keyId(secret)));
  }

  /** Others have moved the cluster on by hand: what is in no slot now is for us to bring back. */
  public void noteDroppedByOthers() {
    Set<String> inSlots = keyIdsInSlots();
    cluster.oracle().secrets().stream()
        .map(StorageOracle::keyId)
        .filter(keyId -> !inSlots.contains(keyId))
        .forEach(droppedByOthers::add);
  }

  /** A person has approved that it is dropped where nobody can tell what lies under it. */
  public void noteDroppedByPlan(String keyId) {
    droppedByOthers.add(keyId);
  }

  /** Whether others have dropped it, and it hasn't been brought back since. */
  public boolean isDroppedByOthers(String keyId) {
    return droppedByOthers.contains(keyId);
  }

  public boolean isInSlot(StoredSecret secret) {
    return keyIdsInSlots().contains(StorageOracle.keyId(secret));
  }

  private Set<String> keyIdsInSlots() {
    Set<String> inSlots = new HashSet<>();
    controlPlane.slots().forEach(slot -> inSlots.add(keyIdOf(slot)));
    inSlots.addAll(controlPlane.prefixesOfKmsV1());
    if (mayBePlain) {
      inSlots.add(StorageOracle.PLAIN);
    }
    return inSlots;
  }

  /**
   * Secrets that lie plain or under an older version than this one.
   *
   * @param url of a key version, or {@code plain}: then those under any version
   */
  List<StoredSecret> secretsOlderThan(String url) {
    Set<String> older = new HashSet<>();
    if (!url.equals(StorageOracle.PLAIN)) {
      older.add(StorageOracle.PLAIN);
    }
    for (KeyVersion version : keys.allVersions()) {
      if (version.id().url().equals(url)) {
        break;
      }
      older.add(keyIdOf(version.id().url()));
    }
    return cluster.oracle().secrets().stream()
        .filter(secret -> older.contains(StorageOracle.keyId(secret)))
        .toList();
  }

  /** Secrets under exactly this version. */
  long under(String url) {
    return cluster.oracle().under(url);
  }
}
