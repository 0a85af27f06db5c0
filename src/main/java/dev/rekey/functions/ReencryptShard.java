package dev.rekey.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import dev.rekey.app.functions.FunctionApp;

/** Works on one shard for a bounded time. */
public final class ReencryptShard {
  private final FunctionApp app;

  ReencryptShard(FunctionApp app) {
    this.app = app;
  }

  /** Called by the host. */
  @FunctionName("ReencryptShard")
  public void run(
      @QueueTrigger(
              name = "message",
              queueName = QueueNames.SHARDS,
              connection = QueueNames.CONNECTION)
          String message,
      ExecutionContext context) {
    app.reencryptShard(message, context.getLogger());
  }
}
