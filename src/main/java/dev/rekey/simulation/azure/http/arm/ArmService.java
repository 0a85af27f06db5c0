package dev.rekey.simulation.azure.http.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.simulation.azure.ArmRefusal;
import dev.rekey.simulation.azure.ArmResources;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.http.AzureAnswer;
import dev.rekey.simulation.azure.http.AzureRequest;
import dev.rekey.simulation.azure.http.AzureService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The simulated ARM behind {@code management.azure.com}: managed clusters are read, listed in small
 * pages and put; the operations that this starts are asked for; kubeconfigs of users are given out;
 * what lies around clusters is read. Where a call gets lost, it throws, and the front closes the
 * connection without an answer.
 */
public final class ArmService implements AzureService {
  /** The host that it answers for. */
  public static final String HOST = "management.azure.com";

  /** The only version of managed clusters that it knows. */
  public static final String API_VERSION = "2025-09-01";

  /** Operations have one of their own, which stands in their address. */
  private static final String OPERATIONS_API_VERSION = "2016-03-30";

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  private final ArmResources resources;
  private final NeighbourAnswers neighbours;
  private final List<AzureRequest> requests = new CopyOnWriteArrayList<>();
  private volatile @Nullable String addressHost = HOST;
  private volatile int clustersOnAPage = ArmPage.SMALL;

  public ArmService(SimulatedArm arm) {
    this.resources = arm.resources();
    this.neighbours = new NeighbourAnswers(arm.neighbours());
  }

  /** Every request so far, refused ones too. */
  public List<AzureRequest> requests() {
    return List.copyOf(requests);
  }

  /**
   * Which host the addresses of asynchronous operations name from now on; null to send none at all.
   */
  public void showAddressesAt(@Nullable String host) {
    addressHost = host;
  }

  /** How many clusters a page of a list holds from now on; ARM's own hold 50 and more. */
  public void showOnAPage(int clusters) {
    clustersOnAPage = clusters;
  }

  @Override
  public AzureAnswer answer(AzureRequest request) {
    requests.add(request);
    try {
      return withoutToken(request)
          .or(() -> neighbours.answer(request))
          .or(() -> withoutVersion(request))
          .orElseGet(() -> route(request));
    } catch (ArmRefusal refusal) {
      return answer(refusal);
    }
  }

  private static Optional<AzureAnswer> withoutToken(AzureRequest request) {
    String authorization = request.header("authorization");
    if (authorization == null || !authorization.startsWith("Bearer ")) {
      return Optional.of(
          error(401, "AuthenticationFailed", "The 'Authorization' header is missing.")
              .with(
                  "WWW-Authenticate",
                  "Bearer authorization_uri=\"https://login.microsoftonline.com/00000000-0000-0000-0000-00000000000a\", error=\"invalid_token\", error_description=\"The authentication failed because of missing 'Authorization' header.\""));
    }
    return Optional.empty();
  }

  private static Optional<AzureAnswer> withoutVersion(AzureRequest request) {
    String version = request.query().getOrDefault("api-version", "");
    if (!Set.of(API_VERSION, OPERATIONS_API_VERSION).contains(version)) {
      return Optional.of(error(400, "InvalidApiVersionParameter", "The api-version is invalid."));
    }
    return Optional.empty();
  }

  private AzureAnswer route(AzureRequest request) {
    Optional<ArmRoute> route = ArmRoute.of(request.path());
    if (route.isEmpty()) {
      return error(404, "InvalidResourceType", "The resource type could not be found.");
    }
    String subject = route.get().subject();
    return switch (request.method() + " " + route.get().kind()) {
      case "GET CLUSTERS" -> ArmPage.of(request, resources.list(subject), clustersOnAPage);
      case "GET CLUSTER" -> AzureAnswer.json(200, resources.get(subject).toString());
      case "GET MAINTENANCE" -> ArmPage.of(request, resources.maintenance(subject));
      case "PUT CLUSTER" -> put(request, subject);
      case "POST USER_CREDENTIAL" ->
          AzureAnswer.json(200, ArmBodies.kubeconfig(resources.userKubeconfig(subject)));
      case "GET OPERATION" -> operation(subject);
      default -> error(405, "MethodNotAllowed", "The method is not allowed.");
    };
  }

  private AzureAnswer put(AzureRequest request, String id) {
    Optional<ObjectNode> body = ArmBodies.parse(request.body());
    if (body.isEmpty()) {
      return error(400, "InvalidRequestContent", "The request content was invalid.");
    }
    String address = resources.put(id, body.get(), request.header("if-match"));
    AzureAnswer answer =
        AzureAnswer.json(200, body.get().toString())
            .with("Retry-After", String.valueOf(LOOK_AGAIN.toSeconds()));
    String host = addressHost;
    return host == null
        ? answer
        : answer.with(
            "Azure-AsyncOperation",
            address.replace(HOST, host) + "?api-version=" + OPERATIONS_API_VERSION + "&t=1");
  }

  private AzureAnswer operation(String path) {
    return AzureAnswer.json(
        200, ArmBodies.operation(path, resources.progress("https://" + HOST + path)));
  }

  private static AzureAnswer answer(ArmRefusal refusal) {
    AzureAnswer answer = error(refusal.status(), refusal.code(), refusal.getMessage());
    Duration retryAfter = refusal.retryAfter();
    return retryAfter == null
        ? answer
        : answer.with("Retry-After", String.valueOf(retryAfter.toSeconds()));
  }

  private static AzureAnswer error(int status, String code, @Nullable String message) {
    return AzureAnswer.json(status, ArmBodies.error(code, message));
  }
}
