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
 * Releases the waves of a key. The platform lets everyone through: who may ask is decided by their
 * principal.
 */
public final class ReleaseWave {
  private final FunctionApp app;

  ReleaseWave(FunctionApp app) {
    this.app = app;
  }

  /** Called by the host. */
  @FunctionName("ReleaseWave")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "waves/{key}/release")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("key") String key,
      ExecutionContext context) {
    return HttpExchange.response(
        request,
        app.web()
            .releaseWave(HttpExchange.request(request, Map.of("key", key)), context.getLogger()));
  }
}
