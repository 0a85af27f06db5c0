package dev.rekey.storage;

import static dev.rekey.storage.FaultyTransport.ANSWER_LOST;
import static dev.rekey.storage.FaultyTransport.BROKEN_BEFORE;
import static dev.rekey.storage.FaultyTransport.answered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.AccessToken;
import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import com.azure.storage.queue.models.PeekedMessageItem;
import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.testbed.azurite.Azurite;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Azure's client on Azurite, with a token as in production. */
class StorageQueuesIT {
  private static final Message.Advance TURN =
      new Message.Advance(new ClusterName("prod-1"), "20260101t000000-1", 3);
  private static final Message.WorkShard SHARD =
      new Message.WorkShard(new ClusterName("prod-1"), "20260101t000000-1", "write-1", 7);

  private static Azurite azurite;

  private final FaultyTransport transport = new FaultyTransport(azurite.transport());
  private final StorageQueues queues =
      StorageQueues.open(azurite.queues(), azurite.credential(), transport);

  @BeforeAll
  static void start() {
    azurite = Azurite.start();
  }

  @AfterAll
  static void stop() {
    azurite.close();
  }

  @AfterEach
  void deleteQueues() {
    for (String queue : List.of("rekey-key-events", "rekey-operations", "rekey-shards")) {
      client(queue).deleteIfExists();
      client(queue + "-poison").deleteIfExists();
    }
  }

  @Test
  void queueIsMissing_itIsMadeAndTheMessageLiesInItAsBase64() {
    queues.send(TURN, Duration.ZERO);
    queues.send(SHARD, Duration.ZERO);

    assertThat(texts("rekey-operations")).containsExactly(MessageText.write(TURN));
    assertThat(texts("rekey-shards")).containsExactly(MessageText.write(SHARD));
    assertThat(MessageText.read(texts("rekey-operations").get(0))).isEqualTo(TURN);
  }

  @Test
  void delayed_isNotSeenBefore() {
    queues.send(TURN, Duration.ofDays(30)); // longer than the service takes

    assertThat(texts("rekey-operations")).isEmpty();
    assertThat(client("rekey-operations").getProperties().getApproximateMessagesCountLong())
        .isEqualTo(1);
  }

  @Test
  void poisonIsThere_itIsCountedAndStays() {
    QueueClient poison = client("rekey-shards-poison");
    poison.create();
    poison.sendMessage("bm90IGpzb24=");
    poison.sendMessage("not even base64!");

    assertThat(queues.counts()).isEqualTo(Map.of("rekey-shards-poison", 2L));
    assertThat(queues.counts()).isEqualTo(Map.of("rekey-shards-poison", 2L));
  }

  @Test
  void noPoisonQueueIsThere_nothingIsCounted() {
    assertThat(queues.counts()).isEmpty();
  }

  @Test
  void poisonIsHidden_itIsCountedToo() {
    QueueClient poison = client("rekey-key-events-poison");
    poison.create();
    poison.sendMessageWithResponse("text", Duration.ofHours(1), null, null, Context.NONE);

    assertThat(queues.counts()).isEqualTo(Map.of("rekey-key-events-poison", 1L));
  }

  @Test
  void sentMessage_neverExpiresAndIsNotYetTaken() {
    queues.send(TURN, Duration.ZERO);

    PeekedMessageItem message = client("rekey-operations").peekMessage();
    assertThat(message.getExpirationTime().getYear()).isEqualTo(9999);
    assertThat(message.getDequeueCount()).isZero();
  }

  @Test
  void delay_isRoundedUpAndCut() {
    assertThat(StorageQueues.seconds(Duration.ZERO)).isZero();
    assertThat(StorageQueues.seconds(Duration.ofSeconds(-5))).isZero();
    assertThat(StorageQueues.seconds(Duration.ofMillis(1))).isEqualTo(Duration.ofSeconds(1));
    assertThat(StorageQueues.seconds(Duration.ofSeconds(90))).isEqualTo(Duration.ofSeconds(90));
    assertThat(StorageQueues.seconds(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)))
        .isEqualTo(StorageQueues.LONGEST_DELAY)
        .isBetween(Duration.ofDays(6), Duration.ofDays(7).minusSeconds(1));
  }

  @Test
  void answerToASendIsLost_itIsSentAgainAndMayComeTwice() {
    queues.send(SHARD, Duration.ZERO);
    transport.nextWrites(ANSWER_LOST);

    queues.send(TURN, Duration.ZERO);

    String text = MessageText.write(TURN);
    assertThat(texts("rekey-operations")).isNotEmpty().allMatch(text::equals).hasSizeLessThan(3);
  }

  @Test
  void noTryIsAnswered_itIsAFault() {
    transport.nextWrites(BROKEN_BEFORE, BROKEN_BEFORE, BROKEN_BEFORE);

    assertThat(sendFault().kind()).isEqualTo(OutsideFault.Kind.UNREACHABLE);
    assertThat(transport.writes()).isEqualTo(3);
  }

  @Test
  void askedToWaitLong_isBusyAtOnceAndSaysHowLong() {
    transport.nextWrites(answered(503, Map.of("Retry-After", "90")));

    OutsideFault fault = sendFault();

    assertThat(fault.kind()).isEqualTo(OutsideFault.Kind.BUSY);
    assertThat(fault.retryAfter()).isEqualTo(Duration.ofSeconds(90));
    assertThat(transport.writes()).isEqualTo(1);
  }

  @Test
  void rightIsMissing_theRoleAndTheAccountAreNamed() {
    Map<String, String> code = Map.of("x-ms-error-code", "AuthorizationPermissionMismatch");
    transport.nextWrites(answered(403, code));

    assertThat(sendFault())
        .hasMessageContaining("Storage Queue Data Contributor")
        .hasMessageContaining("rekeytest");
    transport.everyRead(answered(403, code));
    assertThat(catchThrowableOfType(OutsideFault.class, queues::counts).isMissingRight()).isTrue();
  }

  @Test
  void tokenIsNoneForStorage_isAMissingRight() {
    StorageQueues foreign =
        StorageQueues.open(
            azurite.queues(),
            request -> Mono.just(new AccessToken("no.token.atall", OffsetDateTime.MAX)),
            transport);

    assertThatThrownBy(() -> foreign.send(TURN, Duration.ZERO))
        .isInstanceOfSatisfying(
            OutsideFault.class, fault -> assertThat(fault.isMissingRight()).isTrue());
  }

  private OutsideFault sendFault() {
    OutsideFault fault =
        catchThrowableOfType(OutsideFault.class, () -> queues.send(TURN, Duration.ZERO));
    assertThat(fault).isNotNull();
    return fault;
  }

  private List<String> texts(String queue) {
    return client(queue).peekMessages(32, null, null).stream()
        .map(message -> decoded(message.getBody().toString()))
        .toList();
  }

  private static String decoded(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }

  private QueueClient client(String queue) {
    return new QueueClientBuilder()
        .endpoint(azurite.queues().toString())
        .queueName(queue)
        .credential(azurite.credential())
        .httpClient(azurite.transport())
        .buildClient();
  }
}
