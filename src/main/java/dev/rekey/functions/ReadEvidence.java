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

/** Shows the evidence that an operation has left. */
public final class ReadEvidence {
  private final FunctionApp app;

  ReadEvidence(FunctionApp app) {
    this.app = app;
  }

  /** Called by the host. */
  @FunctionName("ReadEvidence")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.FUNCTION,
              route = "operations/{id}/evidence")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return HttpExchange.response(
        request, app.web().readEvidence(HttpExchange.request(request, Map.of("id", id))));
  }
}
