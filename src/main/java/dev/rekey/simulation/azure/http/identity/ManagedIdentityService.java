package dev.rekey.simulation.azure.http.identity;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.simulation.azure.http.AzureAnswer;
import dev.rekey.simulation.azure.http.AzureRequest;
import dev.rekey.simulation.azure.http.AzureService;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The endpoint at which a function app gets tokens of its user-assigned identity ({@code
 * IDENTITY_ENDPOINT}). Its tokens look as Entra's do and are signed by nobody.
 */
public final class ManagedIdentityService implements AzureService {
  /** Stands in front of the path of {@code IDENTITY_ENDPOINT}, as every host does here. */
  public static final String HOST = "identity.test";

  private static final JsonMapper JSON = new JsonMapper();

  private final InstantSource time;
  private final String clientId;
  private final String header;
  private final Map<String, String> fixed = new ConcurrentHashMap<>();
  private final List<String> resources = new ArrayList<>();

  /**
   * The endpoint of one identity.
   *
   * @param clientId the only one that gets tokens
   * @param header what {@code IDENTITY_HEADER} holds
   */
  public ManagedIdentityService(InstantSource time, String clientId, String header) {
    this.time = time;
    this.clientId = clientId;
    this.header = header;
  }

  /** For one resource gives this token instead: to a service that knows its callers by token. */
  public ManagedIdentityService give(String resource, String token) {
    fixed.put(resource, token);
    return this;
  }

  /** What tokens were asked for, in order. */
  public synchronized List<String> resources() {
    return List.copyOf(resources);
  }

  @Override
  public synchronized AzureAnswer answer(AzureRequest request) {
    if (!header.equals(request.header("X-IDENTITY-HEADER"))) {
      return error(401, "the header X-IDENTITY-HEADER is missing or another one");
    }
    String resource = request.query().getOrDefault("resource", "");
    if (!clientId.equals(request.query().get("client_id")) || resource.isEmpty()) {
      return error(400, "no managed identity was found for the given client id and resource");
    }
    resources.add(resource);
    Instant now = time.instant();
    long seconds = now.getEpochSecond();
    ObjectNode answer = JSON.createObjectNode();
    answer.put(
        "access_token", fixed.getOrDefault(resource, EntraToken.of(resource, clientId, now)));
    answer.put("client_id", clientId);
    answer.put("expires_on", "" + (seconds + EntraToken.VALID.toSeconds()));
    answer.put("not_before", "" + seconds);
    answer.put("resource", resource).put("token_type", "Bearer");
    return AzureAnswer.json(200, answer.toString());
  }

  private static AzureAnswer error(int status, String message) {
    ObjectNode error = JSON.createObjectNode().put("statusCode", status).put("message", message);
    return AzureAnswer.json(status, error.toString());
  }
}
