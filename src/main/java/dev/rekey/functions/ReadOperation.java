package dev.rekey.functions;

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

/** Shows an operation. */
public final class ReadOperation {
  private final FunctionApp app;

  ReadOperation(FunctionApp app) {
    this.app = app;
  }

  /** Called by the host. */
  @FunctionName("ReadOperation")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.FUNCTION,
              route = "operations/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return HttpExchange.response(
        request, app.web().readOperation(HttpExchange.request(request, Map.of("id", id))));
  }
}
