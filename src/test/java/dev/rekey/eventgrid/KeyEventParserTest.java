package dev.rekey.eventgrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.atIndex;

import dev.rekey.key.Cloud;
import dev.rekey.key.IgnoredEvent;
import dev.rekey.key.IgnoredReason;
import dev.rekey.key.KeyEvent;
import dev.rekey.key.KeyEventType;
import dev.rekey.key.KeyId;
import dev.rekey.key.ReceivedEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyEventParserTest {
  private static final String KEY_ID =
      "https://sample-kv.vault.azure.net/keys/newkey/ee059b2bb5bc48398a53b168c6cdcb10";
  private static final String EVENT_ID = "00eccf70-95a7-4e7c-8299-2eb17ee9ad64";
  private static final Instant EVENT_TIME = Instant.parse("2019-07-25T01:08:33.103673600Z");

  private final KeyEventParser parser = new KeyEventParser(Cloud.PUBLIC);

  @TestFactory
  Stream<DynamicTest> documentedPayloadIsReadInFull() {
    return Map.of(
            "key-new-version-created.json", KeyEventType.NEW_VERSION_CREATED,
            "key-near-expiry.json", KeyEventType.NEAR_EXPIRY,
            "key-expired.json", KeyEventType.EXPIRED,
            "key-new-version-created.cloudevent.json", KeyEventType.NEW_VERSION_CREATED)
        .entrySet()
        .stream()
        .map(
            payload ->
                DynamicTest.dynamicTest(
                    payload.getKey(),
                    () ->
                        assertThat(parser.parse(fixture(payload.getKey())))
                            .containsExactly(event(payload.getValue()))));
  }

  @Test
  void secretsEventIsOfAnotherType() {
    assertThat(parser.parse(fixture("secret-new-version-created.json")))
        .containsExactly(new IgnoredEvent(IgnoredReason.OTHER_TYPE));
  }

  @Test
  void elementsOfAnArrayAreReadOneByOne() {
    String text =
        "[" + eventWithData("\"Id\":\"" + KEY_ID + "\"") + ", 1, " + eventWithData("") + "]";

    assertThat(parser.parse(text))
        .hasSize(3)
        .satisfies(first -> assertThat(first).isInstanceOf(KeyEvent.class), atIndex(0))
        .contains(new IgnoredEvent(IgnoredReason.NOT_AN_EVENT), atIndex(1))
        .contains(new IgnoredEvent(IgnoredReason.MISSING_KEY_ID), atIndex(2));
  }

  @TestFactory
  Stream<DynamicTest> dataIsReadLeniently() {
    return Stream.of(
            "\"id\":\"" + KEY_ID + "\"",
            "\" ID \":\"  " + KEY_ID + " \"",
            "\"Id\":\"" + KEY_ID + "\",\"NBF\":null,\"EXP\":null",
            "\"Id\":\"" + KEY_ID + "\",\"NBF\":1559081980,\"EXP\":1.559082102E9",
            "\"Id\":\"" + KEY_ID + "\",\"EXP\":\"not a number\"",
            "\"Id\":\"" + KEY_ID + "\",\"VaultName\":\"another\",\"Version\":\"another\"",
            "\"Id\":\"" + KEY_ID + "\",\"id\":\"" + KEY_ID + "\"")
        .map(data -> DynamicTest.dynamicTest(data, () -> assertKeyId(eventWithData(data))));
  }

  @Test
  void timeAndIdThatCannotBeReadAreLeftOut() {
    String text =
        "{\"id\":\"a\\n"
            + "b\",\"eventTime\":\"yesterday\",\"eventType\":\"Microsoft.KeyVault.KeyExpired\","
            + "\"data\":{\"Id\":\""
            + KEY_ID
            + "\"}}";

    assertThat(parser.parse(text))
        .containsExactly(
            new KeyEvent(KeyEventType.EXPIRED, KeyId.parse(KEY_ID, Cloud.PUBLIC), null, null));
  }

  @TestFactory
  Stream<DynamicTest> textThatAsksForNothingIsIgnoredWithItsReason() {
    return Stream.of(
        ignored("", IgnoredReason.NOT_JSON),
        ignored("hello", IgnoredReason.NOT_JSON),
        ignored("{\"eventType\":", IgnoredReason.NOT_JSON),
        ignored("{} {}", IgnoredReason.NOT_JSON),
        ignored("[".repeat(11) + "]".repeat(11), IgnoredReason.NOT_JSON),
        ignored("[".repeat(30_000), IgnoredReason.NOT_JSON),
        ignored("{\"a\":" + "9".repeat(5_000) + "}", IgnoredReason.NOT_JSON),
        ignored(
            eventWithData("\"Id\":\"" + KEY_ID + "\",\"Id\":\"" + KEY_ID + "\""),
            IgnoredReason.NOT_JSON),
        ignored("\"" + "x".repeat(65_536) + "\"", IgnoredReason.TOO_LARGE),
        ignored("\"" + "ü".repeat(33_000) + "\"", IgnoredReason.TOO_LARGE),
        ignored("null", IgnoredReason.NOT_AN_EVENT),
        ignored("1", IgnoredReason.NOT_AN_EVENT),
        ignored("[]", IgnoredReason.NOT_AN_EVENT),
        ignored("{}", IgnoredReason.NOT_AN_EVENT),
        ignored("{\"eventType\":1}", IgnoredReason.NOT_AN_EVENT),
        ignored(
            "{\"eventType\":\"Microsoft.EventGrid.SubscriptionValidationEvent\"}",
            IgnoredReason.OTHER_TYPE),
        ignored("{\"type\":\"Microsoft.KeyVault.KeyExpired\"}", IgnoredReason.MISSING_KEY_ID),
        ignored(
            "{\"type\":\"Microsoft.KeyVault.KeyExpired\",\"data\":\"{}\"}",
            IgnoredReason.MISSING_KEY_ID),
        ignored(eventWithData("\"Id\":null"), IgnoredReason.MISSING_KEY_ID),
        ignored(eventWithData("\"Id\":{}"), IgnoredReason.MISSING_KEY_ID),
        ignored(eventWithData("\"Id\":\"  \""), IgnoredReason.MISSING_KEY_ID),
        ignored(
            eventWithData("\"VaultName\":\"sample-kv\",\"ObjectName\":\"k\",\"Version\":\"1\""),
            IgnoredReason.MISSING_KEY_ID),
        ignored(
            eventWithData("\"Id\":\"" + KEY_ID + "\",\"id\":\"" + KEY_ID + "0\""),
            IgnoredReason.MISLEADING_KEY_ID),
        ignored(
            eventWithData("\"Id\":\"" + KEY_ID + "?api-version=7.4\""),
            IgnoredReason.MISLEADING_KEY_ID),
        ignored(
            eventWithData("\"Id\":\"https://u@sample-kv.vault.azure.net/keys/newkey/1\""),
            IgnoredReason.MISLEADING_KEY_ID),
        ignored(
            eventWithData("\"Id\":\"https://sample-kv.vault.azure.net/keys/newkey\""),
            IgnoredReason.MISLEADING_KEY_ID),
        ignored(
            eventWithData("\"Id\":\"https://sample-kv.vault.azure.cn/keys/newkey/1\""),
            IgnoredReason.FOREIGN_HOST),
        ignored(
            eventWithData("\"Id\":\"https://evil.example/keys/newkey/1\""),
            IgnoredReason.FOREIGN_HOST));
  }

  private DynamicTest ignored(String text, IgnoredReason reason) {
    String title = text.length() > 120 ? text.substring(0, 120) + "…" : text;
    return DynamicTest.dynamicTest(
        reason.token() + ": " + title,
        () -> assertThat(parser.parse(text)).containsExactly(new IgnoredEvent(reason)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-999999999-01-01T00:00:00+18:00",
        "+10000-01-01T00:00:00Z",
        "-0001-12-31T00:00:00Z"
      })
  void timeThatNoEnvelopeCanHold_isLeftOutAndTheEventTravelsOn(String time) {
    String text =
        "{\"eventTime\":\""
            + time
            + "\","
            + eventWithData("\"Id\":\"" + KEY_ID + "\"").substring(1);

    KeyEvent event = (KeyEvent) parser.parse(text).get(0);

    assertThat(event.eventTime()).isNull();
    assertThat(parser.parse(KeyEventText.of(event))).hasSize(1);
  }

  private void assertKeyId(String text) {
    assertThat(parser.parse(text))
        .containsExactly(
            new KeyEvent(
                KeyEventType.NEW_VERSION_CREATED, KeyId.parse(KEY_ID, Cloud.PUBLIC), null, null));
  }

  private static String eventWithData(String members) {
    return "{\"eventType\":\"Microsoft.KeyVault.KeyNewVersionCreated\",\"data\":{" + members + "}}";
  }

  private static ReceivedEvent event(KeyEventType type) {
    return new KeyEvent(type, KeyId.parse(KEY_ID, Cloud.PUBLIC), EVENT_ID, EVENT_TIME);
  }

  private static String fixture(String name) {
    try (InputStream stream =
        Objects.requireNonNull(
            KeyEventParserTest.class.getResourceAsStream("/eventgrid/" + name), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
