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
 * Begins an operation. The platform lets everyone through: who may ask is decided by their
 * principal.
 */
public final class StartOperation {
  private final FunctionApp app;

  StartOperation(FunctionApp app) {
    this.app = app;
  }

  /** Called by the host. */
  @FunctionName("StartOperation")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "clusters/{cluster}/operations")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("cluster") String cluster,
      ExecutionContext context) {
    return HttpExchange.response(
        request,
        app.web()
            .startOperation(
                HttpExchange.request(request, Map.of("cluster", cluster)), context.getLogger()));
  }
}
