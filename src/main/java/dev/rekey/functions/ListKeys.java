package dev.rekey.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.rekey.app.functions.FunctionApp;
import java.util.Optional;

/** Shows the versions of every key, who needs them, and whether one may go. */
public final class ListKeys {
  private final FunctionApp app;

  ListKeys(FunctionApp app) {
    this.app = app;
  }

  /** Called by the host. */
  @FunctionName("ListKeys")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.FUNCTION,
              route = "keys")
          HttpRequestMessage<Optional<String>> request,
      ExecutionContext context) {
    return HttpExchange.response(
        request, app.web().listKeys(HttpExchange.request(request), context.getLogger()));
  }
}
