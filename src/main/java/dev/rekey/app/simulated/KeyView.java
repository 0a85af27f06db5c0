package dev.rekey.app.simulated;

import dev.rekey.key.Cloud;
import dev.rekey.key.InvalidKeyId;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cluster's key, as ARM shows it and as the vault has it. */
final class KeyView {
  private final SimulatedArm arm;
  private final SimulatedVault vault;
  private final ClusterName name;
  private final VaultKey key;
  private @Nullable KeyId shown;

  KeyView(SimulatedArm arm, SimulatedVault vault, ClusterName name, VaultKey key) {
    this.arm = arm;
    this.vault = vault;
    this.name = name;
    this.key = key;
  }

  /** The version that ARM shows. */
  KeyId shown() {
    String url = arm.keyIdShown(name);
    if (shown == null || !shown.url().equals(url)) {
      shown = parsed(url);
    }
    return shown;
  }

  private static KeyId parsed(String url) {
    try {
      return KeyId.parse(url, Cloud.PUBLIC);
    } catch (InvalidKeyId impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The newest version of the key; of several made in one instant the one in use, if it is. */
  KeyId newest() {
    List<KeyVersion> versions = vault.allVersions(key);
    KeyVersion last = versions.get(versions.size() - 1);
    KeyId inUse = shown();
    boolean equallyNew =
        versions.stream()
            .anyMatch(one -> one.id().equals(inUse) && one.created().equals(last.created()));
    return equallyNew ? inUse : last.id();
  }

  Instant newestMadeAt() {
    List<KeyVersion> versions = vault.allVersions(key);
    return versions.get(versions.size() - 1).created();
  }

  /** Whether ARM shows a key that no API server uses. */
  boolean isForged() {
    return !shown().key().isSameKeyAs(key);
  }
}
