package dev.rekey.storage;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import dev.rekey.storage.RawHttp.Answer;
import dev.rekey.storage.RawHttp.Asked;
import dev.rekey.testbed.transport.Destinations;
import dev.rekey.testbed.transport.RedirectedTransport;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** A table and queues, Azure's clients and HTTP in front of a server that a test writes itself. */
final class StorageOverHttp implements AutoCloseable {
  static final String QUOTED = "what nobody should quote";
  static final String JSON_ERROR =
      "{\"odata.error\":{\"code\":\"SomeCode\",\"message\":{\"lang\":\"en-US\",\"value\":\""
          + QUOTED
          + "\"}}}";
  static final String XML_ERROR =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>SomeCode</Code><Message>"
          + QUOTED
          + "</Message></Error>";

  /** The id that each transaction has. */
  static final String WRITE_ID = "this-write";

  private static final TokenCredential CREDENTIAL =
      request -> Mono.just(new AccessToken("token", OffsetDateTime.now().plusHours(1)));

  final RawHttp server;
  final Table table;
  final StorageQueues queues;

  StorageOverHttp(Function<Asked, Answer> answers) {
    server = new RawHttp(answers);
    HttpClient http =
        new RedirectedTransport(
            HttpClient.createDefault(),
            Destinations.none().with(".core.windows.net", server.url()));
    table =
        AzureTable.open(
            URI.create("https://rekeystore.table.core.windows.net"),
            "Rekey",
            CREDENTIAL,
            http,
            () -> WRITE_ID);
    queues =
        StorageQueues.open(
            URI.create("https://rekeystore.queue.core.windows.net"), CREDENTIAL, http);
  }

  @Override
  public void close() {
    server.close();
  }
}
