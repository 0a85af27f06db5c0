package dev.rekey.fleet;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.PreviousSlot;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.Operation;
import org.jspecify.annotations.Nullable;

/**
 * What ARM shows of the key that a cluster writes with now.
 *
 * @param isOn whether it encrypts with a customer's key
 * @param version the key version; null if KMS is off, or no version of this cloud's vaults is named
 * @param anyOf the key that the cluster follows by itself, whatever its newest version is; null if
 *     it names a version, or no key of this cloud's vaults
 */
public record KeyInUse(boolean isOn, @Nullable KeyId version, @Nullable VaultKey anyOf) {

  /** KMS is off. */
  public static final KeyInUse OFF = new KeyInUse(false, null, null);

  /** Something is named that is no key of this cloud's vaults. */
  public static final KeyInUse UNKNOWN = new KeyInUse(true, null, null);

  public static KeyInUse of(KeyId version) {
    return new KeyInUse(true, version, null);
  }

  public static KeyInUse anyOf(VaultKey key) {
    return new KeyInUse(true, null, key);
  }

  /**
   * What is known of the slot before.
   *
   * @param ledger null if the cluster was never seen before
   * @param active the operation under way; null if none is
   */
  public PreviousSlot previousSlot(@Nullable Ledger ledger, @Nullable Operation active) {
    if (version == null) {
      return isOn ? PreviousSlot.KEY_NOT_NAMED : PreviousSlot.OFF;
    }
    return ledger == null
        ? PreviousSlot.NEVER_ROTATED
        : ledger.previousSlot(version, active == null ? null : active.id());
  }

  boolean is(KeyId other) {
    return version != null && version.isSameAs(other);
  }
}
