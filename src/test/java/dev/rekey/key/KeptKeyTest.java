package dev.rekey.key;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.disabled;
import static dev.rekey.operation.Example.expiring;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** AKS goes on using it though KMS is off. */
class KeptKeyTest {
  private static final String CHANGE =
      "az keyvault key set-attributes --id " + key(1) + " --enabled true";

  @Test
  void neverExpires_allIsWellAndNothingIsToBeTyped() {
    KeptKey kept = of(version(1));

    assertThat(kept.state()).isEqualTo(KeptKey.State.USABLE);
    assertThat(kept.isAtRisk()).isFalse();
    assertThat(kept.remedy()).isEmpty();
  }

  @Test
  void expiresInAMonth_isNearAndNotADaySooner() {
    assertThat(of(expiring(1, NOW.plus(Duration.ofDays(30)))).isAtRisk()).isFalse();

    KeptKey near = of(expiring(1, NOW.plus(Duration.ofDays(30)).minusSeconds(1)));
    assertThat(near.state()).isEqualTo(KeptKey.State.NEAR_EXPIRY);
    assertThat(near.expires()).isEqualTo(NOW.plus(Duration.ofDays(30)).minusSeconds(1));
    assertThat(near.remedy())
        .isEqualTo(
            "az keyvault key set-attributes --id " + key(1) + " --expires 2027-03-01T12:00:00Z");
    assertThat(near.nearExpiry(NOW)).contains(NearExpiry.WITHIN_30_DAYS);
    assertThat(of(expiring(1, NOW)).nearExpiry(NOW)).isEmpty();
    assertThat(of(version(1)).nearExpiry(NOW)).isEmpty();
  }

  @Test
  void expired_itsDateIsToBeMoved() {
    KeptKey kept = of(expiring(1, NOW));

    assertThat(kept.state()).isEqualTo(KeptKey.State.EXPIRED);
    assertThat(kept.remedy()).isEqualTo(CHANGE + " --expires 2027-03-01T12:00:00Z");
  }

  @Test
  void disabled_itsDateStaysAsItIs() {
    KeptKey kept = of(disabled(1));

    assertThat(kept.state()).isEqualTo(KeptKey.State.DISABLED);
    assertThat(kept.remedy()).isEqualTo(CHANGE);
  }

  @Test
  void mayNotDecrypt_isShownSinceNoDateMendsIt() {
    KeptKey kept =
        of(new KeyVersion(key(1), true, NOW.minusSeconds(1), null, null, "RSA", Set.of("encrypt")));

    assertThat(kept.state()).isEqualTo(KeptKey.State.UNFIT);
    assertThat(kept.remedy()).isEqualTo("az keyvault key show --id " + key(1));
  }

  @Test
  void deleted_isToBeRecoveredByName() {
    KeptKey kept = KeptKey.of(key(1), List.of(version(2)), NOW);

    assertThat(kept.state()).isEqualTo(KeptKey.State.GONE);
    assertThat(kept.remedy()).isEqualTo("az keyvault key recover --vault-name example --name etcd");
  }

  private static KeptKey of(KeyVersion version) {
    return KeptKey.of(key(1), List.of(version(2), version), NOW);
  }
}
