package dev.rekey.simulation.azure;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.VaultKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The key versions of all vaults, oldest first, and those that were deleted and can be brought
 * back. Not thread-safe.
 */
final class KeyVersions {
  private final Map<String, StoredVersion> versions = new LinkedHashMap<>();
  private final List<StoredVersion> deleted = new ArrayList<>();

  /** By key: asked for far more often than changed. */
  private final Map<VaultKey, List<KeyVersion>> listed = new HashMap<>();

  private long changes;

  /** Stores a new version, or one that has changed. */
  void put(StoredVersion stored) {
    versions.put(index(stored.version().id().url()), stored);
    changed();
  }

  Optional<StoredVersion> get(String keyUrl) {
    return Optional.ofNullable(versions.get(index(keyUrl)));
  }

  Optional<StoredVersion> get(KeyId id) {
    return get(id.url());
  }

  /** Those of one key; none if there is no such key, or it was deleted. */
  List<KeyVersion> of(VaultKey key) {
    return listed.computeIfAbsent(
        key,
        one ->
            versions.values().stream()
                .map(StoredVersion::version)
                .filter(version -> version.id().key().isSameKeyAs(one))
                .toList());
  }

  void delete(Predicate<VaultKey> which) {
    versions.values().stream().filter(isOf(which)).forEach(deleted::add);
    versions.values().removeIf(isOf(which));
    changed();
  }

  /** Brings back what was deleted, as it was. */
  void recover(Predicate<VaultKey> which) {
    deleted.stream().filter(isOf(which)).forEach(this::put);
    deleted.removeIf(isOf(which));
  }

  private static Predicate<StoredVersion> isOf(Predicate<VaultKey> which) {
    return stored -> which.test(stored.version().id().key());
  }

  private void changed() {
    changes++;
    listed.clear();
  }

  /** Counts all that was done to any version. */
  long changes() {
    return changes;
  }

  /** A vault ignores the case of host, name and version. */
  static String index(String keyUrl) {
    return keyUrl.toLowerCase(Locale.ROOT);
  }
}
