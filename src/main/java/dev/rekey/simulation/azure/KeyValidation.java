package dev.rekey.simulation.azure;

import dev.rekey.key.KeyFitness;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ShownKms;
import java.time.InstantSource;
import java.util.Optional;

/** How AKS looks at the keys of an update before it touches an API server. */
final class KeyValidation {
  private final SimulatedVault vault;
  private final InstantSource time;

  KeyValidation(SimulatedVault vault, InstantSource time) {
    this.vault = vault;
    this.time = time;
  }

  /**
   * The error code with which an update fails; empty if it goes on. Both slots must work: AKS
   * refuses to leave an unusable version too.
   *
   * @param from what was shown of KMS so far
   * @param to the settings wanted
   */
  Optional<String> problem(ShownKms from, KmsSettings to) {
    Optional<String> problem =
        to.key() == null
            ? Optional.empty()
            : fitness(to.key().url()).map(KeyValidation::code).orElse(notFound());
    boolean previousIsFit =
        !from.enabled()
            || fitness(String.valueOf(from.keyId()))
                .filter(fit -> fit == KeyFitness.FIT)
                .isPresent();
    return problem.isPresent() || previousIsFit
        ? problem
        : Optional.of("KeyVaultPreviousKeyNotUsable");
  }

  private Optional<KeyFitness> fitness(String keyUrl) {
    return vault.peek(keyUrl).map(version -> version.fitnessAt(time.instant()));
  }

  private static Optional<String> notFound() {
    return Optional.of("KeyVaultKeyNotFound");
  }

  private static Optional<String> code(KeyFitness fitness) {
    return switch (fitness) {
      case FIT -> Optional.empty();
      case DISABLED -> Optional.of("KeyVaultKeyDisabled");
      case NOT_YET_VALID -> Optional.of("KeyVaultKeyNotYetValid");
      case EXPIRED -> Optional.of("KeyVaultKeyExpired");
      case NOT_RSA, LACKS_OPERATIONS -> Optional.of("KeyVaultKeyNotSupported");
    };
  }
}
