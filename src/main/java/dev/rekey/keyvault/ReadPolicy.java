package dev.rekey.keyvault;

import com.azure.security.keyvault.keys.models.KeyRotationLifetimeAction;
import com.azure.security.keyvault.keys.models.KeyRotationPolicy;
import com.azure.security.keyvault.keys.models.KeyRotationPolicyAction;
import dev.rekey.key.RotationPolicy;
import dev.rekey.key.VaultKey;
import dev.rekey.service.port.OutsideFault;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rotation policy from what the vault says of it. What can't be read is never taken for "no such
 * action": a version would be made beside the vault's own.
 */
final class ReadPolicy {
  private ReadPolicy() {}

  static RotationPolicy of(VaultKey key, KeyRotationPolicy policy) {
    RotationPolicy read = RotationPolicy.NONE.expiringAfter(period(key, policy.getExpiresIn()));
    List<KeyRotationLifetimeAction> actions = policy.getLifetimeActions();
    for (KeyRotationLifetimeAction action :
        actions == null ? List.<KeyRotationLifetimeAction>of() : actions) {
      read = with(key, read, action);
    }
    return read;
  }

  private static RotationPolicy with(
      VaultKey key, RotationPolicy policy, KeyRotationLifetimeAction action) {
    Period before = period(key, action.getTimeBeforeExpiry());
    Period after = period(key, action.getTimeAfterCreate());
    KeyRotationPolicyAction type = action.getAction();
    if (type == KeyRotationPolicyAction.NOTIFY && before != null && after == null) {
      return new RotationPolicy(
          before, policy.rotateAfterCreation(), policy.rotateBeforeExpiry(), policy.expiryTime());
    }
    if (type == KeyRotationPolicyAction.ROTATE && (before != null || after != null)) {
      return new RotationPolicy(
          policy.notifyBeforeExpiry(),
          after == null ? policy.rotateAfterCreation() : after,
          before == null ? policy.rotateBeforeExpiry() : before,
          policy.expiryTime());
    }
    throw unreadable(key);
  }

  /** A time of day (PT…) is refused too: the vault's policies count in days, months and years. */
  private static @Nullable Period period(VaultKey key, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      Period period = Period.parse(text);
      if (period.isZero() || period.isNegative()) {
        throw unreadable(key);
      }
      return period;
    } catch (DateTimeParseException otherForm) {
      throw unreadable(key);
    }
  }

  private static OutsideFault unreadable(VaultKey key) {
    return VaultFaults.fault(
        OutsideFault.Kind.MALFORMED,
        "the rotation policy of "
            + key
            + " has an action or an expiry time that can't be understood; Notify and Rotate with"
            + " periods such as P30D were expected (az keyvault key rotation-policy show)");
  }
}
