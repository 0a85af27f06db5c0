package dev.rekey.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import dev.rekey.app.functions.FunctionApp;

/** Looks at the clusters that use an event's key. Event Grid may deliver to its queue directly. */
public final class ReceiveKeyEvent {
  private final FunctionApp app;

  ReceiveKeyEvent(FunctionApp app) {
    this.app = app;
  }

  /** Called by the host. */
  @FunctionName("ReceiveKeyEvent")
  public void run(
      @QueueTrigger(
              name = "message",
              queueName = QueueNames.KEY_EVENTS,
              connection = QueueNames.CONNECTION)
          String message,
      ExecutionContext context) {
    app.receiveKeyEvent(message, context.getLogger());
  }
}
