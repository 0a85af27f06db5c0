package dev.rekey.key;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key version as the vault describes it.
 *
 * @param id its URL
 * @param enabled whether the vault lets it be used
 * @param created when the vault made it
 * @param notBefore before this instant it must not be used; null for none
 * @param expires from this instant on it must not be used; null for none
 * @param type the key type, such as {@code RSA} or {@code RSA-HSM}; may be empty for a version that
 *     is disabled or outside its dates
 * @param operations the permitted operations, such as {@code encrypt}; may be none for a version
 *     that is disabled or outside its dates
 */
public record KeyVersion(
    KeyId id,
    boolean enabled,
    Instant created,
    @Nullable Instant notBefore,
    @Nullable Instant expires,
    String type,
    Set<String> operations) {

  public KeyVersion {
    operations = Set.copyOf(operations);
  }

  /**
   * Whether an API server could read and write with it at the instant; otherwise why not. Type and
   * operations come last: of a version that can't be used anyway they may not be known.
   */
  public KeyFitness fitnessAt(Instant now) {
    if (!enabled) {
      return KeyFitness.DISABLED;
    }
    if (notBefore != null && now.isBefore(notBefore)) {
      return KeyFitness.NOT_YET_VALID;
    }
    if (expires != null && !now.isBefore(expires)) {
      return KeyFitness.EXPIRED;
    }
    if (!type.equals("RSA") && !type.equals("RSA-HSM")) {
      return KeyFitness.NOT_RSA;
    }
    boolean bothOperations = operations.contains("encrypt") && operations.contains("decrypt");
    return bothOperations ? KeyFitness.FIT : KeyFitness.LACKS_OPERATIONS;
  }
}
