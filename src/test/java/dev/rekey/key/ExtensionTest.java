package dev.rekey.key;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.disabled;
import static dev.rekey.operation.Example.expiring;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Version 1 is in the previous slot, version 2 in the current one. */
class ExtensionTest {
  private static final Instant SOON = NOW.plus(Duration.ofDays(29));
  private static final Instant IN_A_YEAR = NOW.plus(Duration.ofDays(365));

  @Test
  void expiresSoon_livesForAnotherYear() {
    Extension extension = of(expiring(1, SOON), version(2)).orElseThrow();

    assertThat(extension).isEqualTo(new Extension(key(1), IN_A_YEAR));
    assertThat(extension.command())
        .isEqualTo(
            "az keyvault key set-attributes --id " + key(1) + " --expires 2027-03-01T12:00:00Z");
  }

  @Test
  void currentOneLivesLonger_livesAsLongAsThat() {
    Instant later = NOW.plus(Duration.ofDays(400));

    assertThat(of(expiring(1, SOON), expiring(2, later))).contains(new Extension(key(1), later));
    assertThat(of(expiring(1, SOON), expiring(2, NOW.plus(Duration.ofDays(90)))))
        .contains(new Extension(key(1), IN_A_YEAR));
  }

  @Test
  void expiresLate_isLeftAsItIs() {
    assertThat(of(expiring(1, NOW.plus(Duration.ofDays(30))), version(2))).isEmpty();
    assertThat(of(version(1), version(2))).isEmpty();
  }

  /** A person has disabled it, or must look first. */
  @Test
  void disabledExpiredOrGone_isLeftToAPerson() {
    KeyVersion soon = expiring(1, SOON);
    KeyVersion both =
        new KeyVersion(
            soon.id(), false, soon.created(), null, SOON, soon.type(), soon.operations());

    assertThat(of(disabled(1), version(2))).isEmpty();
    assertThat(of(both, version(2))).isEmpty();
    assertThat(of(expiring(1, NOW), version(2))).isEmpty();
    assertThat(of(version(2))).isEmpty();
  }

  private static Optional<Extension> of(KeyVersion... versions) {
    return Extension.of(key(1), List.of(versions), key(2), NOW);
  }
}
