package dev.rekey.service.port;

import dev.rekey.key.Extension;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Restoration;
import dev.rekey.key.RotationPolicy;
import dev.rekey.key.VaultKey;
import java.util.List;

/** Key Vault. */
public interface Vault {

  /**
   * All versions of a key, in no order. A version that is disabled or outside its dates may come
   * with an empty type and no operations: it is unfit whatever they are.
   *
   * @throws OutsideFault if the vault can't be asked
   */
  List<KeyVersion> versions(VaultKey key);

  /**
   * When the vault itself acts on a key; {@link RotationPolicy#NONE} where it has no policy.
   *
   * @throws OutsideFault if the vault can't be asked
   */
  RotationPolicy rotationPolicy(VaultKey key);

  /**
   * Makes a new version of a key by the vault's own rotate call, so that type, size and operations
   * stay as they are.
   *
   * @throws OutsideFault with {@code FORBIDDEN}, {@code UNAUTHENTICATED}, {@code NOT_FOUND} or
   *     {@code BUSY} if no version was made; with any other kind the effect is unknown
   */
  KeyId rotate(VaultKey key);

  /**
   * Enables a version and moves its expiry on, as far as that is asked for. Done twice it is done
   * once; all else of the version stays.
   *
   * @throws OutsideFault with {@code FORBIDDEN}, {@code UNAUTHENTICATED}, {@code NOT_FOUND} or
   *     {@code BUSY} if nothing was changed; with any other kind the effect is unknown
   */
  void restore(Restoration restoration);

  /**
   * Moves a version's expiry on, and nothing else: whoever disables it meanwhile finds it disabled.
   * Done twice it is done once.
   *
   * @throws OutsideFault with {@code FORBIDDEN}, {@code UNAUTHENTICATED}, {@code NOT_FOUND} or
   *     {@code BUSY} if nothing was changed; with any other kind the effect is unknown
   */
  void extend(Extension extension);
}
