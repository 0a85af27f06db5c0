package dev.rekey.key;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Promise K4: which version may be in a slot. */
class KeyVersionTest {
  private static final Set<String> BOTH = Set.of("encrypt", "decrypt", "wrapKey");

  @Test
  void enabledRsaVersionWithBothOperations_isFit() {
    assertThat(fitness(true, null, null, "RSA", BOTH)).isEqualTo(KeyFitness.FIT);
    assertThat(fitness(true, null, null, "RSA-HSM", BOTH)).isEqualTo(KeyFitness.FIT);
  }

  @Test
  void disabled_isToldBeforeAllElse() {
    assertThat(fitness(false, NOW.plusSeconds(1), NOW, "", Set.of()))
        .isEqualTo(KeyFitness.DISABLED);
  }

  @Test
  void notBefore_countsFromThatInstantOn() {
    assertThat(fitness(true, NOW.plusMillis(1), null, "RSA", BOTH))
        .isEqualTo(KeyFitness.NOT_YET_VALID);
    assertThat(fitness(true, NOW, null, "RSA", BOTH)).isEqualTo(KeyFitness.FIT);
  }

  @Test
  void expiry_countsFromThatInstantOn() {
    assertThat(fitness(true, null, NOW, "", Set.of())).isEqualTo(KeyFitness.EXPIRED);
    assertThat(fitness(true, null, NOW.plusMillis(1), "RSA", BOTH)).isEqualTo(KeyFitness.FIT);
  }

  @Test
  void ellipticCurve_isUnfit() {
    assertThat(fitness(true, null, null, "EC", BOTH)).isEqualTo(KeyFitness.NOT_RSA);
  }

  @Test
  void oneOfTheTwoOperationsAlone_isUnfit() {
    assertThat(fitness(true, null, null, "RSA", Set.of("encrypt")))
        .isEqualTo(KeyFitness.LACKS_OPERATIONS);
    assertThat(fitness(true, null, null, "RSA", Set.of("decrypt")))
        .isEqualTo(KeyFitness.LACKS_OPERATIONS);
  }

  private static KeyFitness fitness(
      boolean enabled, Instant notBefore, Instant expires, String type, Set<String> operations) {
    return new KeyVersion(key(1), enabled, NOW, notBefore, expires, type, operations)
        .fitnessAt(NOW);
  }
}
