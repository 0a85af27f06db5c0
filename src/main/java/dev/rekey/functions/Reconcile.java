package dev.rekey.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import dev.rekey.app.functions.FunctionApp;

/** Makes good every lost event and message, each ten minutes. */
public final class Reconcile {
  private final FunctionApp app;

  Reconcile(FunctionApp app) {
    this.app = app;
  }

  /** Called by the host. */
  @FunctionName("Reconcile")
  public void run(
      @TimerTrigger(name = "timer", schedule = "0 */10 * * * *") String timer,
      ExecutionContext context) {
    app.reconcile(context.getLogger());
  }
}
