package dev.rekey.service.port;

import dev.rekey.key.KeyVersion;
import dev.rekey.key.VaultKey;
import java.util.List;

/** Key Vault. */
public interface Vault {

  /**
   * All versions of a key, in no order.
   *
   * @throws OutsideFault if the vault can't be asked
   */
  List<KeyVersion> versions(VaultKey key);
}
