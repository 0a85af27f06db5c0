package dev.rekey.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RestorationTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
  private static final Instant PAST = NOW.minus(Duration.ofDays(1));
  private static final Instant LATER = Instant.parse("2026-09-01T00:00:00Z");

  @Test
  void disabled_isEnabledAndKeepsItsExpiry() {
    KeyVersion version = version(1, false, LATER);

    assertThat(Restoration.of(version, version(2, true, null), NOW))
        .contains(new Restoration(version.id(), null));
  }

  @Test
  void expired_lastsAsLongAsTheVersionThatTakesItsPlace() {
    KeyVersion version = version(1, true, PAST);

    assertThat(Restoration.of(version, version(2, true, LATER), NOW))
        .contains(new Restoration(version.id(), LATER));
  }

  @Test
  void expiredAndDisabled_bothAreMended() {
    KeyVersion version = version(1, false, PAST);

    assertThat(Restoration.of(version, version(2, true, null), NOW).orElseThrow().until())
        .isEqualTo(Instant.parse("2027-03-01T12:00:00Z"));
  }

  @Test
  void followerHasExpiredItself_itLastsAYear() {
    assertThat(
            Restoration.of(version(1, true, PAST), version(2, true, PAST), NOW)
                .orElseThrow()
                .until())
        .isEqualTo(Instant.parse("2027-03-01T12:00:00Z"));
  }

  @Test
  void usable_needsNothing() {
    assertThat(Restoration.of(version(1, true, LATER), version(2, true, null), NOW)).isEmpty();
  }

  @Test
  void notYetValid_isNoOnesToChange() {
    KeyVersion early =
        new KeyVersion(
            version(1, true, null).id(), true, PAST, LATER, null, "RSA", Set.of("encrypt"));

    assertThat(Restoration.of(early, version(2, true, null), NOW)).isEmpty();
    assertThat(Restoration.cures(KeyFitness.NOT_YET_VALID)).isFalse();
  }

  @Test
  void byHand_theCommandSaysTheSame() {
    KeyId id = version(1, true, null).id();

    assertThat(new Restoration(id, null).command())
        .isEqualTo("az keyvault key set-attributes --id " + id + " --enabled true");
    assertThat(new Restoration(id, LATER).command())
        .endsWith("--enabled true --expires 2026-09-01T00:00:00Z");
  }

  private static KeyVersion version(int number, boolean enabled, @Nullable Instant expires) {
    KeyId id =
        KeyId.parse(
            "https://example.vault.azure.net/keys/etcd/%032x".formatted(number), Cloud.PUBLIC);
    return new KeyVersion(id, enabled, PAST, null, expires, "RSA", Set.of("encrypt", "decrypt"));
  }
}
