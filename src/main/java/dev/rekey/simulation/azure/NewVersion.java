package dev.rekey.simulation.azure;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a key version is made with.
 *
 * @param type the key type, such as {@code RSA}
 * @param operations the permitted operations
 * @param notBefore null for none
 * @param expires null for none
 */
public record NewVersion(
    String type, Set<String> operations, @Nullable Instant notBefore, @Nullable Instant expires) {

  private static final Set<String> ALL_OPERATIONS =
      Set.of("encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey");

  public NewVersion {
    operations = Set.copyOf(operations);
  }

  /** What {@code az keyvault key create} makes: RSA, every operation, no dates. */
  public static NewVersion rsa() {
    return new NewVersion("RSA", ALL_OPERATIONS, null, null);
  }

  public NewVersion notBefore(Instant instant) {
    return new NewVersion(type, operations, instant, expires);
  }

  public NewVersion expiring(Instant instant) {
    return new NewVersion(type, operations, notBefore, instant);
  }

  /** Of another key type, such as {@code EC}. */
  public NewVersion ofType(String other) {
    return new NewVersion(other, operations, notBefore, expires);
  }

  public NewVersion permitting(String... only) {
    return new NewVersion(type, Set.of(only), notBefore, expires);
  }
}
