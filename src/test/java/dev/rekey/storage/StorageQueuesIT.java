package dev.rekey.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpMethod;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.testbed.azurite.Azurite;
import dev.rekey.testbed.transport.RedirectedTransport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Azure's client on Azurite, with a token as in production. */
class StorageQueuesIT {
  private static final Message.Advance TURN =
      new Message.Advance(new ClusterName("prod-1"), "20260101t000000-1", 3);
  private static final Message.WorkShard SHARD =
      new Message.WorkShard(new ClusterName("prod-1"), "20260101t000000-1", "write-1", 7);

  private final Azurite azurite = Azurite.start();
  private final RedirectedTransport transport = azurite.transport();
  private final StorageQueues queues =
      StorageQueues.open(azurite.queues(), azurite.credential(), transport);

  @AfterEach
  void stop() {
    azurite.close();
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
  void answerToASendIsLost_itIsSentAgain() {
    queues.send(TURN, Duration.ZERO);
    transport.loseNextAnswer(request -> request.getHttpMethod() == HttpMethod.POST);

    queues.send(SHARD, Duration.ZERO);

    assertThat(texts("rekey-shards")).contains(MessageText.write(SHARD));
  }

  @Test
  void otherAccount_theRoleIsNamed() {
    StorageQueues foreign =
        StorageQueues.open(
            URI.create("https://rekeytest.queue.core.windows.net"),
            request ->
                reactor.core.publisher.Mono.just(
                    new com.azure.core.credential.AccessToken(
                        "no.token.atall", java.time.OffsetDateTime.now().plusHours(1))),
            transport);

    assertThatThrownBy(() -> foreign.send(TURN, Duration.ZERO))
        .isInstanceOfSatisfying(
            OutsideFault.class, fault -> assertThat(fault.isMissingRight()).isTrue());
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
