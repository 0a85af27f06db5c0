package dev.rekey.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.EventGridTrigger;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueOutput;
import dev.rekey.app.functions.FunctionApp;
import java.util.List;

/** Takes an event of Key Vault from Event Grid, which waits 30 s at most, and queues it. */
public final class OnKeyEvent {
  private final FunctionApp app;

  OnKeyEvent(FunctionApp app) {
    this.app = app;
  }

  /**
   * Called by the host. The queue's messages go out as a list, since the host prints a single JSON
   * text anew and splits an array.
   */
  @FunctionName("OnKeyEvent")
  public void run(
      @EventGridTrigger(name = "event") String event,
      @QueueOutput(
              name = "messages",
              queueName = QueueNames.KEY_EVENTS,
              connection = QueueNames.CONNECTION)
          OutputBinding<List<String>> messages,
      ExecutionContext context) {
    messages.setValue(app.keyEvents(event, context.getLogger()));
  }
}
