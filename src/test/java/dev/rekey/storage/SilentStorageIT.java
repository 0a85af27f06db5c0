package dev.rekey.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.testbed.transport.Destinations;
import dev.rekey.testbed.transport.RedirectedTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Storage that takes connections and never answers. */
class SilentStorageIT {
  /** How long Event Grid waits for an answer. */
  private static final Duration MOST = Duration.ofSeconds(30);

  private static final TokenCredential CREDENTIAL =
      request -> Mono.just(new AccessToken("token", OffsetDateTime.now().plusHours(1)));

  @Test
  void everyCallEndsInTimeAndSaysThatThereWasNoAnswer() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String base = "http://127.0.0.1:" + silent.getLocalPort();
      HttpClient http =
          new RedirectedTransport(
              HttpClient.createDefault(), Destinations.none().with(".core.windows.net", base));
      Table table =
          AzureTable.open(
              URI.create("https://a.table.core.windows.net"), "Rekey", CREDENTIAL, http);
      StorageQueues queues =
          StorageQueues.open(URI.create("https://a.queue.core.windows.net"), CREDENTIAL, http);
      Message message = new Message.Advance(new ClusterName("c"), "op", 1);

      List<CompletableFuture<Void>> calls =
          List.of(
              ends(() -> table.get("c", "row")),
              ends(() -> table.listByPrefix("c", "")),
              ends(() -> table.insert("c", "row", "text")),
              ends(() -> table.delete("c", "row", "W/\"1\"")),
              ends(() -> queues.send(message, Duration.ZERO)),
              ends(queues::counts));

      calls.forEach(CompletableFuture::join);
    }
  }

  private static CompletableFuture<Void> ends(ThrowingCallable call) {
    return CompletableFuture.runAsync(
        () -> {
          long start = System.nanoTime();
          OutsideFault fault = catchThrowableOfType(OutsideFault.class, call);
          assertThat(fault).isNotNull();
          assertThat(fault.kind()).isEqualTo(OutsideFault.Kind.TIMED_OUT);
          assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MOST);
        },
        task -> new Thread(task).start());
  }
}
