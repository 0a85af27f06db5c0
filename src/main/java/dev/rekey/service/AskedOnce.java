package dev.rekey.service;

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
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A vault that is asked once about each key, for as long as one report takes: a key that serves a
 * hundred clusters is one call, and one that gives no answer isn't waited for a hundred times.
 */
final class AskedOnce implements Vault {
  private static final String CHANGES_NOTHING = "a report changes nothing";

  private final Vault vault;
  private final Map<String, Answer<List<KeyVersion>>> versions = new HashMap<>();
  private final Map<String, Answer<RotationPolicy>> policies = new HashMap<>();

  AskedOnce(Vault vault) {
    this.vault = vault;
  }

  @Override
  public List<KeyVersion> versions(VaultKey key) {
    return versions.computeIfAbsent(index(key), any -> Answer.of(() -> vault.versions(key))).get();
  }

  @Override
  public RotationPolicy rotationPolicy(VaultKey key) {
    return policies
        .computeIfAbsent(index(key), any -> Answer.of(() -> vault.rotationPolicy(key)))
        .get();
  }

  @Override
  public KeyId rotate(VaultKey key) {
    throw new IllegalStateException(CHANGES_NOTHING);
  }

  @Override
  public void restore(Restoration restoration) {
    throw new IllegalStateException(CHANGES_NOTHING);
  }

  private static String index(VaultKey key) {
    return key.toString().toLowerCase(Locale.ROOT);
  }

  private record Answer<T>(@Nullable T value, @Nullable OutsideFault fault) {
    static <T> Answer<T> of(Supplier<T> call) {
      try {
        return new Answer<>(call.get(), null);
      } catch (OutsideFault fault) {
        return new Answer<>(null, fault);
      }
    }

    T get() {
      if (fault != null) {
        throw fault;
      }
      return Objects.requireNonNull(value);
    }
  }
}
