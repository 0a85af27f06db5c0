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

/** Shows how one cluster stands, and how it came to that. */
public final class ReadCluster {
  private final FunctionApp app;

  ReadCluster(FunctionApp app) {
    this.app = app;
  }

  /** Called by the host. */
  @FunctionName("ReadCluster")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.FUNCTION,
              route = "clusters/{cluster}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("cluster") String cluster,
      ExecutionContext context) {
    return HttpExchange.response(
        request,
        app.web()
            .readCluster(
                HttpExchange.request(request, Map.of("cluster", cluster)), context.getLogger()));
  }
}
