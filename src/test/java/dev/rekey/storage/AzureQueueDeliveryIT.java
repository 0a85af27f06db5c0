package dev.rekey.storage;

import com.azure.core.http.rest.PagedIterable;
import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import com.azure.storage.queue.models.QueueMessageItem;
import com.azure.storage.queue.models.QueueStorageException;
import dev.rekey.testbed.azurite.Azurite;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on Azurite, through Azure's client: what the trigger of a function lives with. */
class AzureQueueDeliveryIT extends QueueDeliveryContract {
  private static final Duration HIDDEN = Duration.ofSeconds(1);
  private static Azurite azurite;

  @BeforeAll
  static void start() {
    azurite = Azurite.start();
  }

  @AfterAll
  static void stop() {
    azurite.close();
  }

  @Override
  Queue queue() {
    QueueClient client =
        new QueueClientBuilder()
            .endpoint(azurite.queues().toString())
            .queueName("delivery-" + UUID.randomUUID())
            .credential(azurite.credential())
            .httpClient(azurite.transport())
            .buildClient();
    client.create();
    return new OnAzurite(client);
  }

  private record Item(QueueMessageItem item) implements Taken {
    @Override
    public String text() {
      return item.getBody().toString();
    }

    @Override
    public long dequeues() {
      return item.getDequeueCount();
    }
  }

  private record OnAzurite(QueueClient client) implements Queue {
    private static final int NO_SUCH_MESSAGE = 404;
    private static final int RECEIPT_DOES_NOT_FIT = 400;

    @Override
    public void send(String text, Duration delay) {
      client.sendMessageWithResponse(text, delay, null, null, Context.NONE);
    }

    @Override
    public Optional<Item> take() {
      PagedIterable<QueueMessageItem> one = client.receiveMessages(1, HIDDEN, null, Context.NONE);
      return one.stream().findFirst().map(Item::new);
    }

    @Override
    public boolean delete(Taken taken) {
      QueueMessageItem item = ((Item) taken).item();
      try {
        client.deleteMessage(item.getMessageId(), item.getPopReceipt());
        return true;
      } catch (QueueStorageException refused) {
        if (refused.getStatusCode() == NO_SUCH_MESSAGE
            || refused.getStatusCode() == RECEIPT_DOES_NOT_FIT) {
          return false;
        }
        throw refused;
      }
    }

    @Override
    public void passHidden() {
      pass(HIDDEN);
    }

    /** The service's clock can't be set. */
    @Override
    public void pass(Duration delay) {
      try {
        Thread.sleep(delay.plusMillis(200).toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
