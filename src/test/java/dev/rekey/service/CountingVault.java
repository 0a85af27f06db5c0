package dev.rekey.service;

import dev.rekey.key.Extension;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Restoration;
import dev.rekey.key.RotationPolicy;
import dev.rekey.key.VaultKey;
import dev.rekey.service.port.Vault;
import java.util.List;

/** Tells each time that somebody asks for the versions of a key. */
record CountingVault(Vault vault, Runnable asked) implements Vault {

  @Override
  public List<KeyVersion> versions(VaultKey key) {
    asked.run();
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
    vault.restore(restoration);
  }

  @Override
  public void extend(Extension extension) {
    vault.extend(extension);
  }
}
