package dev.rekey.service;

import dev.rekey.key.Extension;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Restoration;
import dev.rekey.key.RotationPolicy;
import dev.rekey.key.VaultKey;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Vault;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The vaults as one look around sees them: what one cluster's key was asked for isn't asked for
 * again for the next, neither is what gave no answer. For one look, and one thread; whoever is
 * about to change something asks anew.
 */
final class VaultSeenOnce implements Vault {
  private final Vault vault;
  private final Map<String, Supplier<List<KeyVersion>>> versions = new HashMap<>();
  private final Map<String, Supplier<RotationPolicy>> policies = new HashMap<>();

  VaultSeenOnce(Vault vault) {
    this.vault = vault;
  }

  @Override
  public List<KeyVersion> versions(VaultKey key) {
    return versions.computeIfAbsent(name(key), unused -> answer(() -> vault.versions(key))).get();
  }

  @Override
  public RotationPolicy rotationPolicy(VaultKey key) {
    return policies
        .computeIfAbsent(name(key), unused -> answer(() -> vault.rotationPolicy(key)))
        .get();
  }

  @Override
  public KeyId rotate(VaultKey key) {
    versions.remove(name(key));
    return vault.rotate(key);
  }

  @Override
  public void restore(Restoration restoration) {
    versions.remove(name(restoration.version().key()));
    vault.restore(restoration);
  }

  @Override
  public void extend(Extension extension) {
    versions.remove(name(extension.version().key()));
    vault.extend(extension);
  }

  private static <T> Supplier<T> answer(Supplier<T> call) {
    try {
      T answer = call.get();
      return () -> answer;
    } catch (OutsideFault fault) {
      return () -> {
        throw fault;
      };
    }
  }

  /** A vault ignores the case of a key's name. */
  private static String name(VaultKey key) {
    return key.toString().toLowerCase(Locale.ROOT);
  }
}
