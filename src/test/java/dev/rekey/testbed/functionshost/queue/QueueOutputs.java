package dev.rekey.testbed.functionshost.queue;

import com.azure.storage.queue.QueueClient;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.testbed.functionshost.AppSettings;
import dev.rekey.testbed.functionshost.Binding;
import dev.rekey.testbed.functionshost.JsonText;
import dev.rekey.testbed.functionshost.PackagedFunction;
import dev.rekey.testbed.functionshost.QueueRules;
import dev.rekey.testbed.functionshost.worker.OutputWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends what functions put into queue outputs: the texts of a list each as they are; of a single
 * text that holds JSON the printed form, and one message per element if it is an array.
 */
public final class QueueOutputs implements OutputWriter {
  private final QueueConnections connections;
  private final AppSettings settings;
  private final MessageText encoding;

  public QueueOutputs(QueueConnections connections, AppSettings settings, QueueRules rules) {
    this.connections = connections;
    this.settings = settings;
    this.encoding = new MessageText(rules.base64());
  }

  @Override
  public void write(PackagedFunction function, Map<String, Object> values) {
    for (Binding output : function.outputs()) {
      Object value = values.get(output.name());
      if (output.isOf("queue") && value != null) {
        send(output, messages(value));
      }
    }
  }

  private void send(Binding output, List<String> messages) {
    if (messages.isEmpty()) {
      return;
    }
    QueueClient queue =
        connections.queue(output.text("connection"), settings.resolve(output.text("queueName")));
    queue.createIfNotExists();
    messages.forEach(message -> queue.sendMessage(encoding.encoded(message)));
  }

  static List<String> messages(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(QueueOutputs::text).toList();
    }
    String text = text(value);
    Optional<JsonNode> json = JsonText.container(text);
    return json.isEmpty()
        ? List.of(text)
        : JsonText.elements(json.get()).stream().map(JsonText::reprinted).toList();
  }

  private static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(
        "this host writes String and List<String> to queues, not " + value.getClass().getName());
  }
}
