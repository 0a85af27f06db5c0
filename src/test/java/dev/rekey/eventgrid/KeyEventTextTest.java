package dev.rekey.eventgrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.http.policy.FixedDelay;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.models.CloudEvent;
import com.azure.core.models.CloudEventDataFormat;
import com.azure.core.util.BinaryData;
import com.azure.messaging.eventgrid.EventGridEvent;
import com.azure.messaging.eventgrid.EventGridPublisherClient;
import com.azure.messaging.eventgrid.EventGridPublisherClientBuilder;
import com.azure.messaging.eventgrid.SystemEventNames;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyEvent;
import dev.rekey.key.KeyEventType;
import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.simulation.azure.SimulatedVault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

class KeyEventTextTest {
  private static final KeyId KEY =
      KeyId.parse("https://example.vault.azure.net/keys/etcd/0123456789abcdef", Cloud.PUBLIC);
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00.1234567Z");

  /** As Key Vault fills it. */
  private static final String VAULTS_OWN =
      "{\"Id\":\""
          + KEY.url()
          + "\",\"VaultName\":\"example\",\"ObjectType\":\"Key\",\"ObjectName\":\"etcd\","
          + "\"Version\":\"0123456789abcdef\",\"NBF\":null,\"EXP\":1790000000}";

  private final KeyEventParser parser = new KeyEventParser(Cloud.PUBLIC);

  @ParameterizedTest
  @EnumSource(KeyEventType.class)
  void parsedAgain_isTheSameEvent(KeyEventType type) {
    KeyEvent event = new KeyEvent(type, KEY, "a-1", AT);

    assertThat(parser.parse(KeyEventText.of(event))).containsExactly(event);
  }

  @Test
  void timeWasUnreadable_noneIsInvented() {
    KeyEvent event = new KeyEvent(KeyEventType.NEAR_EXPIRY, KEY, "a-1", null);

    assertThat(parser.parse(KeyEventText.of(event))).containsExactly(event);
    assertThat(KeyEventText.of(event)).isEqualTo(KeyEventText.of(event));
  }

  @Test
  void idWasUnreadable_theClientGivesItsOwn() {
    KeyEvent event = new KeyEvent(KeyEventType.NEAR_EXPIRY, KEY, null, AT);

    assertThat(parser.parse(KeyEventText.of(event)))
        .singleElement()
        .isInstanceOfSatisfying(
            KeyEvent.class,
            again ->
                assertThat(again)
                    .isEqualTo(new KeyEvent(KeyEventType.NEAR_EXPIRY, KEY, again.eventId(), AT)));
  }

  @ParameterizedTest
  @EnumSource(KeyEventType.class)
  void cloudEventThatAzuresClientWrites_isRead(KeyEventType type) throws IOException {
    String theirs =
        new CloudEvent(
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/example",
                type.eventGridName(),
                BinaryData.fromString(VAULTS_OWN),
                CloudEventDataFormat.JSON,
                "application/json")
            .setId("a-1")
            .setSubject("etcd")
            .setTime(AT.atOffset(ZoneOffset.UTC))
            .toJsonString();

    assertThat(parser.parse(theirs)).containsExactly(new KeyEvent(type, KEY, "a-1", AT));
  }

  @ParameterizedTest
  @EnumSource(KeyEventType.class)
  void eventThatAzuresPublisherSends_isRead(KeyEventType type) {
    List<String> sent = new ArrayList<>();
    EventGridPublisherClient<EventGridEvent> publisher =
        new EventGridPublisherClientBuilder()
            .endpoint("https://topic.example/api/events")
            .credential(new AzureKeyCredential("none"))
            .httpClient(
                request -> {
                  sent.add(request.getBodyAsBinaryData().toString());
                  return Mono.error(new IllegalStateException("read and not sent on"));
                })
            .retryPolicy(new RetryPolicy(new FixedDelay(0, Duration.ZERO)))
            .buildEventGridEventPublisherClient();
    EventGridEvent theirs =
        new EventGridEvent("etcd", type.eventGridName(), BinaryData.fromString(VAULTS_OWN), "1")
            .setId("a-1")
            .setEventTime(AT.atOffset(ZoneOffset.UTC));

    assertThatThrownBy(() -> publisher.sendEvent(theirs)).isNotNull();

    assertThat(parser.parse(sent.get(0))).containsExactly(new KeyEvent(type, KEY, "a-1", AT));
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
