package dev.rekey.keyvault;

import com.azure.security.keyvault.keys.models.KeyOperation;
import com.azure.security.keyvault.keys.models.KeyProperties;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A key version from what the vault says of it. */
final class ReadVersion {
  private ReadVersion() {}

  /** As the list shows it: without type and operations. */
  static KeyVersion listed(KeyId id, KeyProperties properties) {
    return version(id, properties, "", Set.of());
  }

  static KeyVersion whole(KeyId id, KeyVaultKey key) {
    Set<String> operations =
        key.getKeyOperations().stream().map(KeyOperation::toString).collect(Collectors.toSet());
    return version(id, key.getProperties(), key.getKeyType().toString(), operations);
  }

  /** Whether it is enabled and inside its dates; only then its type and operations matter. */
  static boolean couldServe(KeyVersion listed, Instant now) {
    return switch (listed.fitnessAt(now)) {
      case DISABLED, NOT_YET_VALID, EXPIRED -> false;
      case FIT, NOT_RSA, LACKS_OPERATIONS -> true;
    };
  }

  private static KeyVersion version(
      KeyId id, KeyProperties properties, String type, Set<String> operations) {
    return new KeyVersion(
        id,
        Boolean.TRUE.equals(properties.isEnabled()),
        properties.getCreatedOn().toInstant(),
        instant(properties.getNotBefore()),
        instant(properties.getExpiresOn()),
        type,
        operations);
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
