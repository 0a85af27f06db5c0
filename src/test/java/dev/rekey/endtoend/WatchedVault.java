package dev.rekey.endtoend;

import dev.rekey.key.Extension;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Restoration;
import dev.rekey.key.RotationPolicy;
import dev.rekey.key.VaultKey;
import dev.rekey.service.port.Vault;
import java.util.List;

/**
 * A vault beside which somebody stands who looks before a key version in it is changed.
 *
 * @param beforeRestoration told before each change
 */
record WatchedVault(Vault vault, Runnable beforeRestoration) implements Vault {

  @Override
  public List<KeyVersion> versions(VaultKey key) {
    return vault.versions(key);
  }

  @Override
  public RotationPolicy rotationPolicy(VaultKey key) {
    return vault.rotationPolicy(key);
  }

  @Override
  public KeyId rotate(VaultKey key) {
    return vault.rotate(key);
  }

  @Override
  public void restore(Restoration restoration) {
    beforeRestoration.run();
    vault.restore(restoration);
  }

  @Override
  public void extend(Extension extension) {
    beforeRestoration.run();
    vault.extend(extension);
  }
}
