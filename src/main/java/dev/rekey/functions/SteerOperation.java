package dev.rekey.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.rekey.app.functions.FunctionApp;
import java.util.Map;
import java.util.Optional;

/**
 * Tells an operation what a person wants. The platform lets everyone through: who may ask is
 * decided by their principal.
 */
public final class SteerOperation {
  private final FunctionApp app;

  SteerOperation(FunctionApp app) {
    this.app = app;
  }

  /** Called by the host. */
  @FunctionName("SteerOperation")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "operations/{id}/{action}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      @BindingName("action") String action,
      ExecutionContext context) {
    return HttpExchange.response(
        request,
        app.web()
            .steerOperation(
                HttpExchange.request(request, Map.of("id", id, "action", action)),
                context.getLogger()));
  }
}
