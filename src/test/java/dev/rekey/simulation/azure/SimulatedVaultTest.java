package dev.rekey.simulation.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.eventgrid.KeyEventParser;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyEvent;
import dev.rekey.key.KeyEventType;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.VaultKey;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.simulation.key.KeyRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SimulatedVaultTest {
  private static final VaultKey KEY = new VaultKey("sample-kv.vault.azure.net", "secrets");
  private static final byte[] PLAIN = "a data key".getBytes(UTF_8);
  private static final Duration HOUR = Duration.ofHours(1);

  private final SettableTime time = new SettableTime();
  private final SimulatedVault vault = new SimulatedVault(time, new Random(1));

  @Test
  void versionUnwrapsWhatItWrapped() throws KeyRefused {
    KeyId version = vault.createVersion(KEY);

    byte[] wrapped = vault.encrypt(version.url(), PLAIN);

    assertThat(wrapped).isNotEqualTo(PLAIN);
    assertThat(vault.decrypt(version.url(), wrapped)).isEqualTo(PLAIN);
  }

  @Test
  void otherVersionCannotUnwrap() throws KeyRefused {
    byte[] wrapped = vault.encrypt(vault.createVersion(KEY).url(), PLAIN);
    KeyId other = vault.createVersion(KEY);

    assertThat(decryptRefusal(other, wrapped)).isEqualTo(KeyRefused.Reason.NOT_FOUND);
    assertThat(decryptRefusal(other, new byte[3])).isEqualTo(KeyRefused.Reason.NOT_FOUND);
  }

  @Test
  void expiredVersionDecryptsButDoesNotEncrypt() throws KeyRefused {
    KeyId version = vault.createVersion(KEY, NewVersion.rsa().expiring(time.instant().plus(HOUR)));
    byte[] wrapped = vault.encrypt(version.url(), PLAIN);

    time.pass(HOUR);

    assertThat(encryptRefusal(version)).isEqualTo(KeyRefused.Reason.EXPIRED);
    assertThat(vault.decrypt(version.url(), wrapped)).isEqualTo(PLAIN);
  }

  @Test
  void extendedVersionEncryptsAgain() throws KeyRefused {
    KeyId version = vault.createVersion(KEY, NewVersion.rsa().expiring(time.instant()));

    vault.setExpiry(version, time.instant().plus(HOUR));

    assertThat(vault.encrypt(version.url(), PLAIN)).isNotEmpty();
  }

  @Test
  void versionBeforeItsTimeDoesNotEncrypt() throws KeyRefused {
    KeyId version = vault.createVersion(KEY, NewVersion.rsa().notBefore(time.instant().plus(HOUR)));
    assertThat(encryptRefusal(version)).isEqualTo(KeyRefused.Reason.NOT_YET_VALID);

    vault.setNotBefore(version, null);

    assertThat(vault.encrypt(version.url(), PLAIN)).isNotEmpty();
  }

  @Test
  void disabledVersionNeitherEncryptsNorDecryptsUntilEnabled() throws KeyRefused {
    KeyId version = vault.createVersion(KEY);
    byte[] wrapped = vault.encrypt(version.url(), PLAIN);

    vault.setEnabled(version, false);

    assertThat(encryptRefusal(version)).isEqualTo(KeyRefused.Reason.DISABLED);
    assertThat(decryptRefusal(version, wrapped)).isEqualTo(KeyRefused.Reason.DISABLED);
    vault.setEnabled(version, true);
    assertThat(vault.decrypt(version.url(), wrapped)).isEqualTo(PLAIN);
  }

  @Test
  void deletedKeyIsGoneWithAllItsVersions() {
    KeyId version = vault.createVersion(KEY);

    vault.delete(KEY);

    assertThat(encryptRefusal(version)).isEqualTo(KeyRefused.Reason.NOT_FOUND);
    assertThat(listFault().kind()).isEqualTo(OutsideFault.Kind.NOT_FOUND);
  }

  @Test
  void missingRightIsRefusedByNameAndOnlyThatOne() throws KeyRefused {
    KeyId version = vault.createVersion(KEY);
    byte[] wrapped = vault.encrypt(version.url(), PLAIN);

    vault.revoke(VaultRight.READ);
    vault.revoke(VaultRight.DECRYPT);

    assertThat(listFault().kind()).isEqualTo(OutsideFault.Kind.FORBIDDEN);
    assertThat(listFault()).hasMessageContaining("Microsoft.KeyVault/vaults/keys/read");
    assertThat(decryptRefusal(version, wrapped)).isEqualTo(KeyRefused.Reason.FORBIDDEN);
    assertThat(vault.encrypt(version.url(), PLAIN)).isNotEmpty();
    vault.grant(VaultRight.READ);
    assertThat(vault.versions(KEY)).hasSize(1);
  }

  @Test
  void versionThatDoesNotPermitAnOperationRefusesIt() {
    KeyId version = vault.createVersion(KEY, NewVersion.rsa().permitting("decrypt"));

    assertThat(encryptRefusal(version)).isEqualTo(KeyRefused.Reason.FORBIDDEN);
  }

  @Test
  void unreachableVaultAnswersNobody() {
    KeyId version = vault.createVersion(KEY);

    vault.setReachable(false);

    assertThat(listFault().kind()).isEqualTo(OutsideFault.Kind.UNREACHABLE);
    assertThat(encryptRefusal(version)).isEqualTo(KeyRefused.Reason.UNREACHABLE);
  }

  @Test
  void listedVersionsShowWhatTheyWereMadeWith() {
    Instant expiry = time.instant().plus(HOUR);
    KeyId first = vault.createVersion(KEY);
    time.pass(Duration.ofMinutes(1));
    KeyId second = vault.createVersion(KEY, NewVersion.rsa().ofType("EC").expiring(expiry));
    vault.createVersion(new VaultKey("sample-kv.vault.azure.net", "other"));

    List<KeyVersion> versions = vault.versions(new VaultKey(KEY.vaultHost(), "Secrets"));

    assertThat(versions).extracting(KeyVersion::id).containsExactly(first, second);
    assertThat(versions.get(1).type()).isEqualTo("EC");
    assertThat(versions.get(1).expires()).isEqualTo(expiry);
    assertThat(versions.get(1).created()).isEqualTo(versions.get(0).created().plusSeconds(60));
  }

  @Test
  void callsAreCountedRefusedOnesToo() throws KeyRefused {
    KeyId version = vault.createVersion(KEY);
    byte[] wrapped = vault.encrypt(version.url(), PLAIN);
    vault.decrypt(version.url(), wrapped);
    vault.versions(KEY);
    vault.setReachable(false);
    encryptRefusal(version);

    assertThat(vault.calls()).isEqualTo(new VaultCalls(1, 0, 2, 1));
  }

  @Test
  void newVersionEmitsTheDocumentedEvent() throws Exception {
    Instant expiry = Instant.parse("2027-03-01T10:00:00Z");
    KeyId version = vault.createVersion(KEY, NewVersion.rsa().expiring(expiry));

    List<String> texts = vault.takeEvents();

    assertThat(texts).hasSize(1);
    JsonNode event = new ObjectMapper().readTree(texts.get(0)).get(0);
    assertThat(event.get("id").textValue()).hasSize(36);
    assertThat(event.get("topic").textValue())
        .startsWith("/subscriptions/")
        .endsWith("/providers/Microsoft.KeyVault/vaults/sample-kv");
    assertThat(event.get("subject").textValue()).isEqualTo("secrets");
    assertThat(event.get("eventType").textValue())
        .isEqualTo("Microsoft.KeyVault.KeyNewVersionCreated");
    assertThat(event.get("eventTime").textValue()).isEqualTo("2026-03-01T10:00:00.0000000Z");
    assertThat(event.get("dataVersion").textValue()).isEqualTo("1");
    assertThat(event.get("metadataVersion").textValue()).isEqualTo("1");
    assertThat(event.get("data").toString())
        .isEqualTo(
            ("{'Id':'%s','VaultName':'sample-kv','ObjectType':'Key','ObjectName':'secrets',"
                    + "'Version':'%s','NBF':null,'EXP':1803895200}")
                .formatted(version.url(), version.version())
                .replace('\'', '"'));
    assertThat(vault.takeEvents()).isEmpty();
  }

  @Test
  void emittedEventIsOneThatRekeyReads() {
    KeyId version = vault.createVersion(KEY);

    assertThat(new KeyEventParser(Cloud.PUBLIC).parse(vault.takeEvents().get(0)))
        .singleElement()
        .isInstanceOfSatisfying(
            KeyEvent.class,
            event -> {
              assertThat(event.type()).isEqualTo(KeyEventType.NEW_VERSION_CREATED);
              assertThat(event.keyId()).isEqualTo(version);
              assertThat(event.eventTime()).isEqualTo(time.instant());
              assertThat(event.eventId()).isNotNull();
            });
  }

  @Test
  void otherEventsAreEmittedWhenAnnounced() {
    KeyId version = vault.createVersion(KEY);
    vault.takeEvents();

    vault.announce(KeyEventType.NEAR_EXPIRY, version);

    assertThat(vault.takeEvents())
        .singleElement()
        .asString()
        .contains("\"Microsoft.KeyVault.KeyNearExpiry\"", version.url());
  }

  @Test
  void sameSeedGivesTheSameVersionsAndEvents() {
    SimulatedVault other = new SimulatedVault(time, new Random(1));

    assertThat(other.createVersion(KEY)).isEqualTo(vault.createVersion(KEY));
    assertThat(other.takeEvents()).isEqualTo(vault.takeEvents());
  }

  private KeyRefused.Reason encryptRefusal(KeyId version) {
    return catchThrowableOfType(KeyRefused.class, () -> vault.encrypt(version.url(), PLAIN))
        .reason();
  }

  private KeyRefused.Reason decryptRefusal(KeyId version, byte[] cipher) {
    return catchThrowableOfType(KeyRefused.class, () -> vault.decrypt(version.url(), cipher))
        .reason();
  }

  private OutsideFault listFault() {
    return catchThrowableOfType(OutsideFault.class, () -> vault.versions(KEY));
  }
}
