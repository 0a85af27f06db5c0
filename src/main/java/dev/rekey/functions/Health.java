package dev.rekey.functions;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.rekey.app.functions.FunctionApp;
import java.util.Optional;

/** Says whether the app can work, to everyone, without data. */
public final class Health {
  private final FunctionApp app;

  Health(FunctionApp app) {
    this.app = app;
  }

  /** Called by the host. */
  @FunctionName("Health")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "health")
          HttpRequestMessage<Optional<String>> request) {
    return HttpExchange.response(request, app.web().health(HttpExchange.request(request)));
  }
}
