package dev.rekey.app.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.Message;
import dev.rekey.storage.MessageText;
import dev.rekey.web.WebRequest;
import dev.rekey.web.WebResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionAppTest {
  private static final WebRequest GET = new WebRequest("GET", Map.of(), Map.of(), Map.of(), "");

  private final LogLines log = new LogLines();
  private final MemoryParts world = new MemoryParts();
  private final FunctionApp app = app(MemoryParts.SETTINGS);

  @Test
  void anEventOfAKey_isForwardedAsATextThatTheQueueFunctionReads() throws IOException {
    List<String> texts = app.keyEvents(payload("key-new-version-created.json"), log.logger());

    assertThat(texts).hasSize(1);
    app.receiveKeyEvent(texts.get(0), log.logger());
    assertThat(log.lines()).contains("INFO rekey key-event-ignored no-cluster-uses-key");
  }

  @Test
  void anEventOfASecret_isNotForwardedAndCounted() throws IOException {
    List<String> texts = app.keyEvents(payload("secret-new-version-created.json"), log.logger());

    assertThat(texts).isEmpty();
    assertThat(log.lines()).containsExactly("INFO rekey key-event-ignored other-type");
  }

  @Test
  void anEventOfAForeignHost_isNotForwardedAndWarnedOf() throws IOException {
    String text =
        payload("key-new-version-created.json").replace(".vault.azure.net", ".vault.example.org");

    assertThat(app.keyEvents(text, log.logger())).isEmpty();
    assertThat(log.lines()).containsExactly("WARNING rekey key-event-foreign foreign-host");
  }

  @Test
  void eventGridDeliversToTheQueueItself_itIsReadAllTheSame() throws IOException {
    app.receiveKeyEvent(payload("key-near-expiry.json"), log.logger());

    assertThat(log.lines()).contains("INFO rekey key-event-ignored no-cluster-uses-key");
  }

  @Test
  void aSecretsEventInTheQueue_isDroppedWithACount() throws IOException {
    app.receiveKeyEvent(payload("secret-new-version-created.json"), log.logger());

    assertThat(log.lines()).containsExactly("INFO rekey key-event-ignored other-type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "{}", "[]", "{\"schema\":\"rekey.dev/message/v2\"}"})
  void aTextThatNoQueueShouldHold_failsTheCallSoThatItIsKept(String text) {
    queueCalls()
        .forEach(
            call ->
                assertThatThrownBy(() -> call.call(app, text, log.logger()))
                    .isInstanceOf(UnreadableMessage.class)
                    .hasMessageContaining("poison queue"));
    assertThat(log.lines()).hasSize(3).allMatch(line -> line.startsWith("WARNING rekey "));
  }

  @Test
  void oneOfSeveralEventsIsForeign_theOthersAreDoneBeforeTheCallFails() throws IOException {
    String both = "[{}," + payload("key-expired.json").strip().replaceFirst("^\\[", "");
    String text = both.endsWith("]") ? both : both + "]";

    assertThatThrownBy(() -> app.receiveKeyEvent(text, log.logger()))
        .isInstanceOf(UnreadableMessage.class);
    assertThat(log.lines()).contains("INFO rekey key-event-ignored no-cluster-uses-key");
  }

  @Test
  void aMessageInTheWrongQueue_failsTheCall() {
    ClusterName cluster = new ClusterName("prod-1");
    String advance = MessageText.write(new Message.Advance(cluster, "20260301-1", 1));
    String shard = MessageText.write(new Message.WorkShard(cluster, "20260301-1", "p1", 0));

    assertThatThrownBy(() -> app.advanceOperation(shard, log.logger()))
        .isInstanceOf(UnreadableMessage.class);
    assertThatThrownBy(() -> app.reencryptShard(advance, log.logger()))
        .isInstanceOf(UnreadableMessage.class);
  }

  @Test
  void messagesOfAnOperationThatIsGone_areDroppedWithACount() {
    ClusterName cluster = new ClusterName("prod-1");

    app.advanceOperation(
        MessageText.write(new Message.Advance(cluster, "20260301-1", 1)), log.logger());
    app.reencryptShard(
        MessageText.write(new Message.WorkShard(cluster, "20260301-1", "p1", 0)), log.logger());

    assertThat(log.lines())
        .containsExactly(
            "INFO rekey message-dropped unknown-operation",
            "INFO rekey message-dropped earlier-pass");
  }

  @Test
  void poisonMessages_areWarnedOfByTheTimer() {
    world.poison.put("rekey-shards-poison", 3L);

    app.reconcile(log.logger());

    assertThat(log.lines()).contains("WARNING rekey poison-messages rekey-shards-poison: 3");
  }

  @ParameterizedTest
  @MethodSource("calls")
  void settingsCannotBeUsed_everyCallFailsWithAllThatIsWrong(Call call) {
    FunctionApp broken = app(Map.of("REKEY_MODE", "automatic"));

    InvalidSettings invalid =
        catchThrowableOfType(InvalidSettings.class, () -> call.call(broken, "x", log.logger()));

    assertThat(invalid)
        .hasMessageContainingAll("REKEY_SCOPES", "REKEY_MODE", "AzureWebJobsStorage__accountName");
  }

  @Test
  void settingsCannotBeUsed_theApiSaysSo() {
    FunctionApp broken = app(Map.of("REKEY_MODE", "automatic"));

    for (WebResponse answer :
        List.of(
            broken.web().listClusters(GET, log.logger()),
            broken.web().readCluster(GET, log.logger()),
            broken.web().listKeys(GET, log.logger()),
            broken.web().startOperation(GET, log.logger()),
            broken.web().readOperation(GET),
            broken.web().readEvidence(GET))) {
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
      assertThat(answer.body())
          .contains("\"reason\":\"invalid-settings\"", "\"member\":\"REKEY_MODE\"");
    }
    assertThat(broken.web().health(GET))
        .satisfies(
            health -> {
              assertThat(health.status()).isEqualTo(503);
              assertThat(health.body())
                  .contains("\"status\":\"invalid-settings\"", "\"member\":\"REKEY_SCOPES\"");
            });
  }

  @Test
  void settingsCanBeUsed_healthIsOkAndHoldsNoData() {
    WebResponse health = app.web().health(GET);

    assertThat(health.status()).isEqualTo(200);
    assertThat(health.body()).isEqualTo("{\"status\":\"ok\",\"version\":\"dev\"}");
  }

  @Test
  void settingsCannotBeUsed_theyAreReadOnce() {
    AtomicInteger reads = new AtomicInteger();
    FunctionApp broken =
        new FunctionApp(
            () -> {
              reads.incrementAndGet();
              return Map.of();
            },
            world::open);

    broken.web().health(GET);
    broken.web().health(GET);

    assertThat(reads).hasValue(1);
  }

  @Test
  void partsCannotBeMadeAtFirst_theNextCallTriesAgain() {
    AtomicInteger tries = new AtomicInteger();
    FunctionApp flaky =
        new FunctionApp(
            () -> MemoryParts.SETTINGS,
            settings -> {
              if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("not yet");
              }
              return world.open(settings);
            });

    assertThatThrownBy(() -> flaky.reconcile(log.logger()))
        .isInstanceOf(IllegalStateException.class);
    flaky.reconcile(log.logger());
    flaky.reconcile(log.logger());
    assertThat(tries).hasValue(2);
  }

  @Test
  void azuresParts_areBoundWithoutAskingAnything() {
    Parts parts = AzureParts.open(Settings.read(MemoryParts.SETTINGS));

    assertThat(parts.poison()).isSameAs(parts.messages());
  }

  /** One function's method. */
  interface Call {
    void call(FunctionApp app, String text, Logger logger);
  }

  static Stream<Call> calls() {
    return Stream.concat(
        queueCalls(),
        Stream.of(FunctionApp::keyEvents, (app, text, logger) -> app.reconcile(logger)));
  }

  private static Stream<Call> queueCalls() {
    return Stream.of(
        FunctionApp::receiveKeyEvent, FunctionApp::advanceOperation, FunctionApp::reencryptShard);
  }

  private FunctionApp app(Map<String, String> settings) {
    return new FunctionApp(() -> settings, world::open);
  }

  private static String payload(String name) throws IOException {
    try (InputStream stream = FunctionAppTest.class.getResourceAsStream("/eventgrid/" + name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
