package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.VaultKey;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The versions of the keys that a cluster has used, as far as their vaults tell: one that is
 * deleted, or gives no answer, has none to offer, and keeps those of no other from being seen. Each
 * is asked once.
 */
final class KnownVersions {
  private final Vault vault;
  private final List<KeyVersion> all;
  private final List<VaultKey> asked = new ArrayList<>();
  private @Nullable OutsideFault silent;

  /**
   * @param first all versions of one key, which is asked for no more
   */
  KnownVersions(Vault vault, List<KeyVersion> first) {
    this.vault = vault;
    this.all = new ArrayList<>(first);
    first.stream().map(version -> version.id().key()).findFirst().ifPresent(asked::add);
  }

  /** Those of a key; none where there is no answer. */
  List<KeyVersion> ask(VaultKey key) {
    if (asked.stream().noneMatch(key::isSameKeyAs)) {
      asked.add(key);
      try {
        all.addAll(vault.versions(key));
      } catch (OutsideFault fault) {
        silent = fault.kind() == OutsideFault.Kind.NOT_FOUND ? silent : fault;
      }
    }
    return all.stream().filter(version -> version.id().key().isSameKeyAs(key)).toList();
  }

  List<KeyVersion> all() {
    return List.copyOf(all);
  }

  Optional<KeyVersion> version(KeyId id) {
    return all.stream().filter(version -> version.id().isSameAs(id)).findFirst();
  }

  /**
   * Says that something may have been left out.
   *
   * @throws OutsideFault if a vault gave no answer; not if it hasn't the key
   */
  void throwWhatIsMissing() {
    if (silent != null) {
      throw silent;
    }
  }
}
