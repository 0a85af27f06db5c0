package dev.rekey.app.simulated;

import dev.rekey.key.Extension;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.simulation.cluster.encryption.Provider;
import dev.rekey.simulation.fault.OutsideCalls;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** K1, K8, K9: which version's expiry is moved, and where to. */
final class ExpiryOracle implements Oracle {
  private final SimulatedWorld world;
  private final Violations violations;

  ExpiryOracle(SimulatedWorld world, Violations violations) {
    this.world = world;
    this.violations = violations;
  }

  @Override
  public void beforeCall(OutsideCalls.Observed observed) {
    if (observed.call().port().equals("Vault.extend")) {
      look((Extension) Objects.requireNonNull(observed.call().about(), "it names a version"));
    }
  }

  private void look(Extension extension) {
    KeyId version = extension.version();
    violations.check(
        world.cluster.replicas().stream()
                .flatMap(replica -> replica.configuration().providers().stream())
                .anyMatch(provider -> isOf(provider, version))
            || world.disturbances().haveHappened(),
        "K9",
        "the expiry of a version is moved that no API server uses");
    violations.check(!world.isObservedOnly(), "K8", "the expiry of AKS' own key is moved");
    violations.check(
        world
            .vault
            .peek(version.url())
            .flatMap(ExpiryOracle::expires)
            .filter(extension.until()::isAfter)
            .isPresent(),
        "K1",
        "the expiry of a version is brought nearer, or given to one that had none");
  }

  private static Optional<Instant> expires(KeyVersion version) {
    return Optional.ofNullable(version.expires());
  }

  private static boolean isOf(Provider provider, KeyId version) {
    return provider instanceof Provider.Kms kms && kms.keyUrl().equals(version.url());
  }
}
