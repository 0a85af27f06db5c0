package dev.rekey.simulation.azure.http.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.simulation.azure.ArmNeighbours;
import dev.rekey.simulation.azure.http.AzureAnswer;
import dev.rekey.simulation.azure.http.AzureRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What ARM answers about the resources around clusters: of these a vault alone is changed. */
final class NeighbourAnswers {
  private static final Pattern BY_NAME =
      Pattern.compile("resourceType eq '(?<type>[^']+)' and name eq '(?<name>[^']+)'");
  private static final Pattern ASSIGNED = Pattern.compile("assignedTo\\('(?<id>[^']+)'\\)");

  private final ArmNeighbours neighbours;

  NeighbourAnswers(ArmNeighbours neighbours) {
    this.neighbours = neighbours;
  }

  /** Empty if the path names nothing of these. */
  Optional<AzureAnswer> answer(AzureRequest request) {
    return NeighbourRoute.of(request.path()).map(route -> answer(request, route));
  }

  private AzureAnswer answer(AzureRequest request, NeighbourRoute route) {
    if (!route.kind().apiVersion().equals(request.query().get("api-version"))) {
      return ArmBodies.refusal(400, "InvalidApiVersionParameter");
    }
    if (request.method().equals("PATCH") && route.kind() == NeighbourRoute.Kind.VAULT) {
      return openVault(request, route.scope());
    }
    if (!request.method().equals("GET")) {
      return ArmBodies.refusal(405, "MethodNotAllowed");
    }
    String scope = route.scope();
    return switch (route.kind()) {
      case SUBSCRIPTION -> one(scope, "Microsoft.Resources/subscriptions/read");
      case VAULT -> one(scope, "Microsoft.KeyVault/vaults/read");
      case IDENTITY -> one(scope, "Microsoft.ManagedIdentity/userAssignedIdentities/read");
      case RESOURCES -> byName(request, scope);
      case SCALE_SETS ->
          ArmPage.of(
              request,
              neighbours.list(
                  scope,
                  "/virtualMachineScaleSets",
                  "Microsoft.Compute/virtualMachineScaleSets/read"));
      case DIAGNOSTICS ->
          ArmPage.of(
              request,
              neighbours.list(
                  scope, "/diagnosticSettings", "Microsoft.Insights/diagnosticSettings/read"));
      case PERMISSIONS -> ArmPage.of(request, neighbours.roles().ownPermissions(scope));
      case ROLE_ASSIGNMENTS -> assignments(request, scope);
      case ROLE_DEFINITION ->
          AzureAnswer.json(
              200, neighbours.roles().definition(guid(scope), route.name()).toString());
    };
  }

  /** Of a part of the body, the one member that is known here. */
  private AzureAnswer openVault(AzureRequest request, String id) {
    String wanted =
        ArmBodies.parse(request.body())
            .map(body -> body.at("/properties/publicNetworkAccess").asText(""))
            .orElse("");
    return switch (wanted) {
      case "Enabled", "Disabled" ->
          AzureAnswer.json(200, neighbours.openVault(id, wanted.equals("Enabled")).toString());
      default -> ArmBodies.refusal(400, "InvalidRequestContent");
    };
  }

  private AzureAnswer one(String id, String action) {
    return AzureAnswer.json(200, neighbours.get(id, action).toString());
  }

  private AzureAnswer byName(AzureRequest request, String scope) {
    Matcher filter = BY_NAME.matcher(filter(request));
    if (!filter.matches()) {
      return ArmBodies.refusal(400, "InvalidFilterInQueryString");
    }
    List<ObjectNode> found =
        neighbours
            .list(scope, filter.group("type"), "Microsoft.Resources/subscriptions/resources/read")
            .stream()
            .filter(each -> each.path("name").asText().equalsIgnoreCase(filter.group("name")))
            .map(each -> each.retain("id", "name", "type", "location", "tags"))
            .toList();
    return ArmPage.of(request, found);
  }

  private AzureAnswer assignments(AzureRequest request, String scope) {
    Matcher filter = ASSIGNED.matcher(filter(request));
    return filter.matches()
        ? ArmPage.of(request, neighbours.roles().assignments(scope, filter.group("id")))
        : ArmBodies.refusal(400, "UnsupportedFilter");
  }

  private static String filter(AzureRequest request) {
    return request.query().getOrDefault("$filter", "");
  }

  private static String guid(String subscription) {
    return subscription.substring(subscription.lastIndexOf('/') + 1);
  }
}
