package dev.rekey.simulation.azure;

import dev.rekey.key.KeyVersion;

/** A key version with the secret that only the vault has. */
record StoredVersion(KeyVersion version, WrappingKey secret) {

  StoredVersion with(KeyVersion changed) {
    return new StoredVersion(changed, secret);
  }
}
