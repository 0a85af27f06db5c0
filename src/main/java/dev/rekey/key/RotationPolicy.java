package dev.rekey.key;

import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * When the vault itself acts on a key, by the key's rotation policy. The times are ISO-8601 periods
 * of days, months or years, as the vault takes them.
 *
 * @param notifyBeforeExpiry how long before its expiry the vault announces it; null where the
 *     policy does not say
 * @param rotateAfterCreation how long after it was made the vault makes the next version; null for
 *     no such action
 * @param rotateBeforeExpiry how long before its expiry the vault makes the next version; null for
 *     no such action
 * @param expiryTime how long after it was made a version expires that the vault makes; null for
 *     never
 */
public record RotationPolicy(
    @Nullable Period notifyBeforeExpiry,
    @Nullable Period rotateAfterCreation,
    @Nullable Period rotateBeforeExpiry,
    @Nullable Period expiryTime) {

  /** A key without a policy. */
  public static final RotationPolicy NONE = new RotationPolicy(null, null, null, null);

  /** One whose versions never expire. */
  public RotationPolicy(
      @Nullable Period notifyBeforeExpiry,
      @Nullable Period rotateAfterCreation,
      @Nullable Period rotateBeforeExpiry) {
    this(notifyBeforeExpiry, rotateAfterCreation, rotateBeforeExpiry, null);
  }

  /** The same times of action, and another life of what the vault makes; null for no end. */
  public RotationPolicy expiringAfter(@Nullable Period other) {
    return new RotationPolicy(notifyBeforeExpiry, rotateAfterCreation, rotateBeforeExpiry, other);
  }
}
