package dev.rekey.app.simulated;

import dev.rekey.key.KeyId;
import dev.rekey.simulation.key.KeyOperations;
import dev.rekey.simulation.key.KeyRefused;
import org.jspecify.annotations.Nullable;

/**
 * What the API servers' identity may do with the vault's keys. One key version can be out of its
 * reach: ARM doesn't notice, since it looks at the vault itself, and no API server can load it.
 */
public final class ServersIdentity implements KeyOperations {
  private final KeyOperations vault;
  private @Nullable String denied;
  private boolean stripped;

  public ServersIdentity(KeyOperations vault) {
    this.vault = vault;
  }

  void deny(KeyId version) {
    denied = version.url();
  }

  void allowAll() {
    denied = null;
  }

  /** Whether it has lost every right, or is gone itself. */
  public void setStripped(boolean all) {
    stripped = all;
  }

  @Override
  public byte[] encrypt(String keyUrl, byte[] plain) throws KeyRefused {
    check(keyUrl);
    return vault.encrypt(keyUrl, plain);
  }

  @Override
  public byte[] decrypt(String keyUrl, byte[] cipher) throws KeyRefused {
    check(keyUrl);
    return vault.decrypt(keyUrl, cipher);
  }

  private void check(String keyUrl) throws KeyRefused {
    if (stripped || keyUrl.equals(denied)) {
      throw new KeyRefused(KeyRefused.Reason.FORBIDDEN);
    }
  }
}
