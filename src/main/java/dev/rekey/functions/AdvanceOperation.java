package dev.rekey.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import dev.rekey.app.functions.FunctionApp;

/** Moves an operation on by one decision. */
public final class AdvanceOperation {
  private final FunctionApp app;

  AdvanceOperation(FunctionApp app) {
    this.app = app;
  }

  /** Called by the host. */
  @FunctionName("AdvanceOperation")
  public void run(
      @QueueTrigger(
              name = "message",
              queueName = QueueNames.OPERATIONS,
              connection = QueueNames.CONNECTION)
          String message,
      ExecutionContext context) {
    app.advanceOperation(message, context.getLogger());
  }
}
