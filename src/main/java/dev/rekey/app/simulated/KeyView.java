package dev.rekey.app.simulated;

import dev.rekey.key.Cloud;
import dev.rekey.key.InvalidKeyId;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.ShownKms;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.cluster.StorageOracle;
import dev.rekey.simulation.cluster.encryption.Provider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cluster's key, as ARM shows it and as the vault has it. */
public final class KeyView {
  private final SimulatedArm arm;
  private final SimulatedVault vault;
  private final ClusterName name;

  /** The first one, and others that persons have named since, in that order. */
  private final List<VaultKey> known = new ArrayList<>();

  private final List<KeyId> named = new ArrayList<>();
  private @Nullable KeyId shown;
  private String url = "";

  public KeyView(SimulatedArm arm, SimulatedVault vault, ClusterName name, VaultKey key) {
    this.arm = arm;
    this.vault = vault;
    this.name = name;
    known.add(key);
  }

  /** A person names a version of another key, to which the cluster is to be led. */
  public void name(KeyId version) {
    known.add(version.key());
    named.add(version);
  }

  /** The versions of other keys that persons have named, in that order. */
  public List<KeyId> named() {
    return List.copyOf(named);
  }

  /** The key that ARM shows; the first one if nobody has named that. */
  VaultKey inUse() {
    VaultKey now = shown().key();
    return known.stream().filter(now::isSameKeyAs).findFirst().orElse(known.get(0));
  }

  /** Whether ARM shows the key that was named last. */
  boolean isAtLastNamed() {
    return known.get(known.size() - 1).equals(inUse());
  }

  /** All versions of all these keys: first those that the cluster is to leave first. */
  List<KeyVersion> allVersions() {
    return known.stream().flatMap(key -> vault.allVersions(key).stream()).toList();
  }

  /** The version that ARM shows; where KMS is off the last one it did, or else the first. */
  public KeyId shown() {
    String now = arm.keyIdShown(name);
    if (shown == null || !url.equals(now)) {
      url = now;
      shown = now.isEmpty() ? before() : parsed(now);
    }
    return shown;
  }

  private KeyId before() {
    return shown == null ? vault.allVersions(known.get(0)).get(0).id() : shown;
  }

  /** Whether it is the cluster's own, or a person has named it. */
  boolean isKnown(VaultKey key) {
    return known.stream().anyMatch(key::isSameKeyAs);
  }

  /** Whether ARM shows that KMS is on. */
  public boolean isOn() {
    return !arm.keyIdShown(name).isEmpty();
  }

  /** The settings that ARM shows. */
  public KmsSettings settings() {
    ShownKms kms = arm.kmsShown(name);
    if (!kms.enabled()) {
      return KmsSettings.OFF;
    }
    return kms.access() == NetworkAccess.PRIVATE
        ? KmsSettings.ofPrivate(shown(), String.valueOf(kms.vaultResourceId()))
        : KmsSettings.of(shown());
  }

  /** How that which is written under these settings is called in etcd. */
  public static String keyIdOf(KmsSettings settings) {
    return settings.key() == null
        ? StorageOracle.PLAIN
        : StorageOracle.keyIdOf(settings.key().url());
  }

  /** The same under KMS v1, which names no key. */
  static String prefixOfKmsV1(KmsSettings settings) {
    return settings.key() == null
        ? StorageOracle.PLAIN
        : Provider.KmsV1.of(settings.key().url()).prefix();
  }

  private static KeyId parsed(String url) {
    try {
      return KeyId.parse(url, Cloud.PUBLIC);
    } catch (InvalidKeyId impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The newest version of the key in use. */
  KeyId newest() {
    return newestOf(inUse());
  }

  /** The newest version of the key that the cluster was last wanted to use. */
  KeyId newestWanted() {
    return newestOf(known.get(known.size() - 1));
  }

  /** Of several made in one instant the one in use, if it is. */
  private KeyId newestOf(VaultKey key) {
    List<KeyVersion> versions = vault.allVersions(key);
    KeyVersion last = versions.get(versions.size() - 1);
    KeyId inUse = shown();
    boolean equallyNew =
        versions.stream()
            .anyMatch(one -> one.id().equals(inUse) && one.created().equals(last.created()));
    return equallyNew ? inUse : last.id();
  }

  /** Whether none is newer; of several made in one instant each is. */
  boolean isNewest(@Nullable String versionUrl) {
    return vault.allVersions(inUse()).stream()
        .anyMatch(one -> one.id().url().equals(versionUrl) && one.created().equals(newestMadeAt()));
  }

  Instant newestMadeAt() {
    List<KeyVersion> versions = vault.allVersions(inUse());
    return versions.get(versions.size() - 1).created();
  }

  /** Whether ARM shows a key that no API server uses. */
  boolean isForged() {
    return !isKnown(shown().key());
  }
}
