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

/** Shows how every cluster in scope stands. */
public final class ListClusters {
  private final FunctionApp app;

  ListClusters(FunctionApp app) {
    this.app = app;
  }

  /** Called by the host. */
  @FunctionName("ListClusters")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.FUNCTION,
              route = "clusters")
          HttpRequestMessage<Optional<String>> request,
      ExecutionContext context) {
    return HttpExchange.response(
        request, app.web().listClusters(HttpExchange.request(request), context.getLogger()));
  }
}
