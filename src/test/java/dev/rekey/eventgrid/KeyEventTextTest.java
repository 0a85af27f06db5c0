package dev.rekey.eventgrid;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.models.CloudEvent;
import com.azure.messaging.eventgrid.EventGridEvent;
import com.azure.messaging.eventgrid.SystemEventNames;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyEvent;
import dev.rekey.key.KeyEventType;
import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.simulation.azure.SimulatedVault;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyEventTextTest {
  private static final KeyId KEY =
      KeyId.parse("https://example.vault.azure.net/keys/etcd/0123456789abcdef", Cloud.PUBLIC);
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00.1234567Z");

  private final KeyEventParser parser = new KeyEventParser(Cloud.PUBLIC);

  @ParameterizedTest
  @EnumSource(KeyEventType.class)
  void parsedAgain_isTheSameEvent(KeyEventType type) {
    KeyEvent event = new KeyEvent(type, KEY, "a-1", AT);

    assertThat(parser.parse(KeyEventText.of(event))).containsExactly(event);
  }

  @Test
  void idAndTimeWereUnreadable_theClientGivesItsOwn() {
    KeyEvent event = new KeyEvent(KeyEventType.NEAR_EXPIRY, KEY, null, null);

    assertThat(parser.parse(KeyEventText.of(event)))
        .singleElement()
        .isInstanceOfSatisfying(KeyEvent.class, again -> assertThat(again.keyId()).isEqualTo(KEY));
  }

  @Test
  void longestKeyId_fitsIntoAQueueMessageManyTimes() {
    String url =
        "https://"
            + "v".repeat(24)
            + ".vault.azure.net/keys/"
            + "k".repeat(127)
            + "/"
            + "1".repeat(64);
    KeyEvent event =
        new KeyEvent(
            KeyEventType.NEW_VERSION_CREATED, KeyId.parse(url, Cloud.PUBLIC), "i".repeat(100), AT);

    assertThat(KeyEventText.of(event)).hasSizeLessThan(2048);
  }

  @Test
  void typeNames_areThoseOfTheClient() {
    assertThat(KeyEventType.NEW_VERSION_CREATED.eventGridName())
        .isEqualTo(SystemEventNames.KEY_VAULT_KEY_NEW_VERSION_CREATED);
    assertThat(KeyEventType.NEAR_EXPIRY.eventGridName())
        .isEqualTo(SystemEventNames.KEY_VAULT_KEY_NEAR_EXPIRY);
    assertThat(KeyEventType.EXPIRED.eventGridName())
        .isEqualTo(SystemEventNames.KEY_VAULT_KEY_EXPIRED);
  }

  @ParameterizedTest
  @EnumSource(KeyEventType.class)
  void whatKeyVaultSends_isReadAlikeByAzuresClientAndByUs(KeyEventType type) {
    SimulatedVault vault = new SimulatedVault(() -> AT, new Random(1));
    KeyId made = vault.createVersion(new VaultKey("example.vault.azure.net", "etcd"));
    vault.takeEvents();
    vault.announce(type, made);
    String text = vault.takeEvents().get(0);

    EventGridEvent theirs = EventGridEvent.fromString(text).get(0);
    KeyEvent ours = (KeyEvent) parser.parse(text).get(0);

    assertThat(ours.type().eventGridName()).isEqualTo(theirs.getEventType());
    assertThat(ours.eventId()).isEqualTo(theirs.getId());
    assertThat(ours.eventTime()).isEqualTo(theirs.getEventTime().toInstant());
    assertThat(theirs.getData().toString()).contains("\"Id\":\"" + ours.keyId().url() + "\"");
  }

  @Test
  void whatGoesToTheQueue_isACloudEventForAzuresClientToo() {
    KeyEvent event = new KeyEvent(KeyEventType.EXPIRED, KEY, "a-1", AT);

    CloudEvent theirs = CloudEvent.fromString(KeyEventText.of(event)).get(0);

    assertThat(theirs.getType()).isEqualTo(SystemEventNames.KEY_VAULT_KEY_EXPIRED);
    assertThat(theirs.getData()).hasToString("{\"Id\":\"" + KEY.url() + "\"}");
  }
}
