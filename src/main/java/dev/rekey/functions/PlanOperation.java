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

/** Says what an operation would do. Begins nothing, so it is open to whoever may read. */
public final class PlanOperation {
  private final FunctionApp app;

  PlanOperation(FunctionApp app) {
    this.app = app;
  }

  /** Called by the host. */
  @FunctionName("PlanOperation")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.FUNCTION,
              route = "clusters/{cluster}/plan")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("cluster") String cluster,
      ExecutionContext context) {
    return HttpExchange.response(
        request,
        app.web()
            .planOperation(
                HttpExchange.request(request, Map.of("cluster", cluster)), context.getLogger()));
  }
}
