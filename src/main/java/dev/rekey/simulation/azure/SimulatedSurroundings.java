package dev.rekey.simulation.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.preflight.AgentPool;
import dev.rekey.operation.preflight.AssignedIdentity;
import dev.rekey.operation.preflight.ClusterSetup;
import dev.rekey.operation.preflight.ClusterSide;
import dev.rekey.operation.preflight.OwnRights;
import dev.rekey.operation.preflight.Permission;
import dev.rekey.operation.preflight.Reading;
import dev.rekey.operation.preflight.Right;
import dev.rekey.operation.preflight.RoleGrant;
import dev.rekey.operation.preflight.ScaleSet;
import dev.rekey.operation.preflight.VaultSide;
import dev.rekey.service.port.ClusterSurroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What lies around simulated clusters, in process. Bodies are believed: the simulation made them.
 */
final class SimulatedSurroundings implements ClusterSurroundings {
  private final SimulatedArm arm;
  private final ArmNeighbours neighbours;

  SimulatedSurroundings(SimulatedArm arm) {
    this.arm = arm;
    this.neighbours = arm.neighbours();
  }

  @Override
  public ClusterSide cluster(ClusterName cluster) {
    Reading<ObjectNode> body =
        part("the cluster " + cluster, () -> arm.resources().get(arm.idOf(cluster)));
    Reading<ClusterSetup> setup = body.map(SetupView::cluster);
    List<AssignedIdentity> identities =
        setup.known().map(read -> read.identity().userAssigned()).orElse(List.of());
    Stream<String> linked = setup.known().stream().flatMap(SimulatedSurroundings::linked);
    String id = arm.idOf(cluster);
    return new ClusterSide(
        setup,
        part("the subscription", () -> subscription(id)),
        identities.stream().map(this::identity).toList(),
        body.then(shown -> scaleSets(id, shown)),
        Stream.concat(Stream.of(id), linked).map(this::ownRights).toList());
  }

  private static Stream<String> linked(ClusterSetup cluster) {
    Stream<String> subnets =
        Stream.concat(
            cluster.pools().stream().map(AgentPool::subnetId).filter(Objects::nonNull),
            Stream.ofNullable(cluster.apiServer().subnetId()));
    return Stream.concat(
            cluster.identity().userAssigned().stream().map(AssignedIdentity::resourceId), subnets)
        .distinct();
  }

  private String subscription(String id) {
    return neighbours
        .get("/subscriptions/" + guid(id), "Microsoft.Resources/subscriptions/read")
        .path("tenantId")
        .asText();
  }

  private static String guid(String id) {
    return id.split("/", 4)[2];
  }

  private Reading<AssignedIdentity> identity(AssignedIdentity shown) {
    String id = shown.resourceId();
    return part(
            "the identity " + id,
            () -> neighbours.get(id, "Microsoft.ManagedIdentity/userAssignedIdentities/read"))
        .map(body -> new AssignedIdentity(id, body.at("/properties/principalId").textValue()));
  }

  private Reading<List<ScaleSet>> scaleSets(String id, JsonNode cluster) {
    String group = cluster.at("/properties/nodeResourceGroup").asText();
    String scope = "/subscriptions/" + guid(id) + "/resourceGroups/" + group;
    return part(
            "the scale sets of " + scope,
            () ->
                neighbours.list(
                    scope,
                    "/virtualMachineScaleSets",
                    "Microsoft.Compute/virtualMachineScaleSets/read"))
        .map(all -> all.stream().map(SetupView::scaleSet).toList());
  }

  private OwnRights ownRights(String scope) {
    return new OwnRights(
        scope,
        part("the rights on " + scope, () -> neighbours.roles().ownPermissions(scope))
            .map(blocks -> blocks.stream().map(SetupView::permission).toList()));
  }

  @Override
  public VaultSide vault(
      ClusterName cluster, String host, @Nullable String resourceId, List<String> principals) {
    Reading<String> id =
        resourceId == null ? lookFor(guid(arm.idOf(cluster)), host) : Reading.of(resourceId);
    return id.known()
        .map(known -> vault(host, known, principals))
        .orElseGet(() -> VaultSide.unread(host, id));
  }

  private Reading<String> lookFor(String subscription, String host) {
    String scope = "/subscriptions/" + subscription;
    String name = host.substring(0, host.indexOf('.')).toLowerCase(Locale.ROOT);
    return part(
            "the vault " + name,
            () ->
                neighbours.list(
                    scope,
                    "Microsoft.KeyVault/vaults",
                    "Microsoft.Resources/subscriptions/resources/read"))
        .then(
            all ->
                all.stream()
                    .map(each -> each.path("id").asText())
                    .filter(id -> id.toLowerCase(Locale.ROOT).endsWith("/vaults/" + name))
                    .findFirst()
                    .map(Reading::of)
                    .orElseGet(() -> Reading.unread("there is no vault " + name)));
  }

  private VaultSide vault(String host, String id, List<String> principals) {
    return new VaultSide(
        host,
        part("the vault " + id, () -> neighbours.get(id, "Microsoft.KeyVault/vaults/read"))
            .map(SetupView::vault),
        part("the role assignments on " + id, () -> grants(id, principals)),
        part(
                "the diagnostic settings of " + id,
                () ->
                    neighbours.list(
                        id, "/diagnosticSettings", "Microsoft.Insights/diagnosticSettings/read"))
            .map(all -> all.stream().anyMatch(SetupView::keepsAudit)),
        ownRights(id).permissions());
  }

  private List<RoleGrant> grants(String id, List<String> principals) {
    List<RoleGrant> found = new ArrayList<>();
    for (String principal : principals) {
      neighbours.roles().assignments(id, principal).forEach(each -> found.add(grant(id, each)));
    }
    return found;
  }

  private RoleGrant grant(String id, JsonNode assignment) {
    JsonNode shown = assignment.path("properties");
    String definition = shown.path("roleDefinitionId").asText();
    String role = definition.substring(definition.lastIndexOf('/') + 1);
    Reading<List<Permission>> permissions =
        part("the role " + role, () -> neighbours.roles().definition(guid(id), role))
            .map(SetupView::permissions);
    return new RoleGrant(
        shown.path("scope").asText(), role, shown.hasNonNull("condition"), permissions);
  }

  /** A part, or why it isn't to be had; where ARM gives no answer at all, a fault. */
  private static <T> Reading<T> part(String what, Supplier<T> request) {
    try {
      return Reading.of(request.get());
    } catch (ArmRefusal refusal) {
      ArmRefusal.MissingRight missing = refusal.missingRight();
      if (missing != null) {
        return Reading.lacking(new Right(missing.action(), missing.scope()));
      }
      return refusal.status() == 404
          ? Reading.absent("there is no such thing: " + what)
          : ArmView.call(
              what,
              () -> {
                throw refusal;
              });
    }
  }
}
