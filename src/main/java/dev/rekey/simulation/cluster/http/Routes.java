package dev.rekey.simulation.cluster.http;

import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.cluster.etcd.SecretKey;
import dev.rekey.simulation.cluster.refusal.Refusal;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which path is answered by what. */
final class Routes {
  private static final Pattern SECRETS_OF_NAMESPACE =
      Pattern.compile("/api/v1/namespaces/([^/]+)/secrets");
  private static final Pattern ONE_SECRET =
      Pattern.compile("/api/v1/namespaces/([^/]+)/secrets/([^/]+)");
  private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";

  /** What a load balancer may ask without a token. */
  private static final Set<String> OPEN =
      Set.of("/readyz", "/healthz", "/livez", "/version", "/readyz/kms-providers");

  private final SimulatedCluster cluster;
  private final String authorization;

  Routes(SimulatedCluster cluster, String token) {
    this.cluster = cluster;
    this.authorization = "Bearer " + token;
  }

  HttpReply answer(SimulatedReplica replica, ApiRequest request) {
    boolean known = request.authorization().equals(authorization);
    if (!known && !OPEN.contains(request.path())) {
      return StatusJson.of(401, "Unauthorized", "Unauthorized");
    }
    try {
      return route(replica, request);
    } catch (Refusal refusal) {
      return StatusJson.of(refusal);
    }
  }

  private HttpReply route(SimulatedReplica replica, ApiRequest request) throws Refusal {
    Matcher one = ONE_SECRET.matcher(request.path());
    if (one.matches()) {
      return new SecretRoutes(replica, request).one(SecretKey.of(one.group(1), one.group(2)));
    }
    if (!request.isGet()) {
      return StatusJson.of(405, "MethodNotAllowed", "the server does not allow this method here");
    }
    Matcher ofNamespace = SECRETS_OF_NAMESPACE.matcher(request.path());
    if (ofNamespace.matches()) {
      String prefix = SecretKey.prefixOf(ofNamespace.group(1));
      return new SecretRoutes(replica, request).list(prefix);
    }
    return fixedPath(replica, request);
  }

  private HttpReply fixedPath(SimulatedReplica replica, ApiRequest request) throws Refusal {
    return switch (request.path()) {
      case "/api/v1/secrets" -> new SecretRoutes(replica, request).list(SecretKey.ROOT);
      case "/api/v1/namespaces" -> namespaces(request);
      case LEASES -> HttpReply.json(200, LeasesJson.of(cluster));
      case "/metrics" -> HttpReply.text(200, MetricsText.CONTENT_TYPE, MetricsText.of(replica));
      case "/readyz" -> HealthText.ready(replica, "readyz");
      case "/healthz" -> HealthText.ready(replica, "healthz");
      case "/livez" -> HealthText.live(replica);
      case "/readyz/kms-providers" -> HealthText.keys(replica);
      case "/version" -> version();
      default -> HttpReply.text(404, "404 page not found\n");
    };
  }

  private HttpReply namespaces(ApiRequest request) {
    NamespacesJson namespaces = new NamespacesJson(cluster, Representation.of(request.accept()));
    return HttpReply.json(200, namespaces.page(request.limit(), request.parameter("continue")));
  }

  private static HttpReply version() {
    return HttpReply.json(
        200,
        JsonBody.of(
            json -> {
              json.writeStringField("major", "1");
              json.writeStringField("minor", "36");
              json.writeStringField("gitVersion", "v1.36.3-simulated");
            }));
  }
}
