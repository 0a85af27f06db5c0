package dev.rekey.operation.preflight;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.RotationPolicy;
import dev.rekey.key.VaultKey;
import java.util.List;
import java.util.Optional;

/**
 * What was read of one key in its vault.
 *
 * @param versions all of its versions
 * @param policy when the vault itself acts on it
 */
public record KeySide(
    VaultKey key, Reading<List<KeyVersion>> versions, Reading<RotationPolicy> policy) {

  /** Nothing of it was read, for one reason. */
  public static KeySide unread(VaultKey key, Reading<?> why) {
    return new KeySide(key, ClusterSide.why(why), ClusterSide.why(why));
  }

  Reading<Optional<KeyVersion>> version(KeyId id) {
    return versions.map(
        all -> all.stream().filter(version -> version.id().isSameAs(id)).findFirst());
  }
}
