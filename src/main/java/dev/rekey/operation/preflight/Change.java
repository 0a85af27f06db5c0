package dev.rekey.operation.preflight;

import dev.rekey.key.KeyId;
import dev.rekey.operation.KmsSettings;
import org.jspecify.annotations.Nullable;

/**
 * A change of KMS on one cluster.
 *
 * @param from what the cluster is told now
 * @param to what it shall be told
 * @param previous the version in the previous slot, by our own records: ARM doesn't show it; null
 *     if they don't hold it
 */
public record Change(KmsSettings from, KmsSettings to, @Nullable KeyId previous) {

  /** The settings whose vault must serve: those to come, or those so far where KMS goes off. */
  KmsSettings serving() {
    return to.isOn() ? to : from;
  }

  /** Whether the key to come lies in the vault so far. */
  boolean keepsVault() {
    KeyId before = from.key();
    KeyId after = to.key();
    return before != null
        && after != null
        && before.key().vaultHost().equals(after.key().vaultHost());
  }
}
