package dev.rekey.operation.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.RotationPolicy;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.KmsSettings;
import java.time.Instant;
import java.time.Period;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreflightTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final VaultKey KEY = new VaultKey("sample-kv.vault.azure.net", "secrets");
  private static final KeyId OLD = new KeyId(KEY, "1");
  private static final KeyId NEW = new KeyId(KEY, "2");
  private static final String VAULT =
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/sample-kv";
  private static final Surroundings NOTHING =
      new Surroundings(
          ClusterSide.unread(Reading.unread("nobody looked")),
          List.of(),
          List.of(),
          new Reach(Reach.Contact.NOT_TRIED, Reach.Contact.NOT_TRIED, Reach.Contact.NOT_TRIED),
          Reading.unread("nobody counted"));

  @Test
  void tokens_areStableFormsAndNoneTwice() {
    assertThat(Preflight.tokens())
        .hasSizeGreaterThan(35)
        .allMatch(token -> token.matches("[a-z][a-z0-9]*(-[a-z0-9]+)+"));
    assertThat(new HashSet<>(Preflight.tokens())).hasSameSizeAs(Preflight.tokens());
  }

  /** Nothing that wasn't read passes; the change itself is the only thing that is known. */
  @Test
  void unreadSurroundings_passNothing() {
    for (Change change : changes()) {
      List<Finding> findings = Preflight.findings(new Question(change, NOTHING, NOW));

      assertThat(findings)
          .filteredOn(finding -> finding.verdict() == Verdict.PASSED)
          .extracting(Finding::check)
          .isSubsetOf("vault-mode-kept");
      assertThat(findings)
          .allSatisfy(finding -> assertThat(finding.toString()).doesNotContain("null"));
    }
  }

  private static List<Change> changes() {
    KmsSettings before = KmsSettings.of(OLD);
    return List.of(
        new Change(before, KmsSettings.of(NEW), null),
        new Change(KmsSettings.OFF, KmsSettings.of(NEW), null),
        new Change(before, KmsSettings.OFF, OLD),
        new Change(KmsSettings.OFF, KmsSettings.OFF, null),
        new Change(KmsSettings.OFF, KmsSettings.ofPrivate(NEW, VAULT), null),
        new Change(KmsSettings.ofPrivate(OLD, VAULT), KmsSettings.ofPrivate(NEW, VAULT), OLD));
  }

  @Test
  void changeOfNothing_concernsNoVaultAndNoKey() {
    assertThat(checks(new Change(KmsSettings.OFF, KmsSettings.OFF, null)))
        .noneMatch(check -> check.startsWith("target") || check.startsWith("vault"));
  }

  @Test
  void turningOff_asksWhetherTheKeySoFarStillServes() {
    assertThat(checks(new Change(KmsSettings.of(OLD), KmsSettings.OFF, OLD)))
        .contains("identity-may-use-key", "current-key-usable", "vault-open-to-api-servers")
        .doesNotContain("target-key-found", "key-outlives-two-rotations");
  }

  @Test
  void turningOn_hasNoSlotsYet() {
    assertThat(checks(new Change(KmsSettings.OFF, KmsSettings.of(NEW), null)))
        .contains("target-key-found")
        .doesNotContain("current-key-usable", "previous-key-usable", "vault-mode-kept");
  }

  @Test
  void anotherVaultInAnotherMode_isOneUpdate() {
    KeyId elsewhere = new KeyId(new VaultKey("other-kv.vault.azure.net", "secrets"), "1");

    assertThat(
            checks(new Change(KmsSettings.of(OLD), KmsSettings.ofPrivate(elsewhere, VAULT), OLD)))
        .contains("api-server-vnet-integration", "identity-may-use-key-so-far")
        .doesNotContain("vault-mode-kept", "private-endpoint-approved");
  }

  private static List<String> checks(Change change) {
    return Preflight.findings(new Question(change, NOTHING, NOW)).stream()
        .map(Finding::check)
        .toList();
  }

  /** A version of 730 days, made now: it must outlive two rotations to the day. */
  @ParameterizedTest
  @CsvSource({
    "P365D, , PASSED",
    "P366D, , WARNED",
    "P1Y, , PASSED",
    "P13M, , WARNED",
    ", P365D, PASSED",
    ", P364D, WARNED",
    ", , WARNED",
    "P900000000Y, , CANNOT_TELL",
    ", P731D, CANNOT_TELL",
    ", P900000000Y, CANNOT_TELL"
  })
  void lifetime_isTwoRotationsToTheDay(Period after, Period before, Verdict verdict) {
    assertThat(lifetime(NOW.plusSeconds(730L * 86_400), new RotationPolicy(null, after, before)))
        .isEqualTo(verdict);
  }

  @Test
  void versionWithoutExpiry_outlivesEverythingWhateverThePolicy() {
    assertThat(lifetime(null, new RotationPolicy(null, Period.ofDays(1), null)))
        .isEqualTo(Verdict.PASSED);
  }

  private static Verdict lifetime(Instant expires, RotationPolicy policy) {
    KeyVersion version =
        new KeyVersion(NEW, true, NOW, null, expires, "RSA", Set.of("encrypt", "decrypt"));
    KeySide side = new KeySide(KEY, Reading.of(List.of(version)), Reading.of(policy));
    Surroundings seen =
        new Surroundings(
            NOTHING.cluster(), List.of(), List.of(side), NOTHING.reach(), NOTHING.secrets());
    return Preflight.findings(
            new Question(new Change(KmsSettings.OFF, KmsSettings.of(NEW), null), seen, NOW))
        .stream()
        .filter(finding -> finding.check().equals("key-outlives-two-rotations"))
        .findFirst()
        .orElseThrow()
        .verdict();
  }
}
