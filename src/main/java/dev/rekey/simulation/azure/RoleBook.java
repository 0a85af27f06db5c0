package dev.rekey.simulation.azure;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which role where, and what whoever asks may do: everything but what a test has
 * forbidden. Thread-safe.
 */
public final class RoleBook {
  private static final JsonMapper JSON = new JsonMapper();

  private final ArmTroubles troubles;
  private final Map<String, ObjectNode> definitions = new TreeMap<>();
  private final List<ObjectNode> assignments = new ArrayList<>();
  private final Map<String, TreeSet<String>> groups = new TreeMap<>();

  RoleBook(ArmTroubles troubles) {
    this.troubles = troubles;
  }

  public void assign(String principalId, AzureRole role, String scope) {
    assign(principalId, role.guid(), scope, null);
  }

  /**
   * Assigns a role.
   *
   * @param role the GUID of a built-in role, or of one that {@link #define} made
   * @param condition on which it holds; null for none
   */
  public synchronized void assign(
      String principalId, String role, String scope, @Nullable String condition) {
    ObjectNode assignment = JSON.createObjectNode();
    String name = "00000000-0000-0000-0000-%012d".formatted(assignments.size() + 1);
    assignment
        .putObject("properties")
        .put("roleDefinitionId", "/providers/Microsoft.Authorization/roleDefinitions/" + role)
        .put("principalId", principalId)
        .put("scope", scope)
        .put("condition", condition);
    assignment.put("id", scope + "/providers/Microsoft.Authorization/roleAssignments/" + name);
    assignment.put("type", "Microsoft.Authorization/roleAssignments").put("name", name);
    assignments.add(assignment);
  }

  /** Takes every role from an identity. */
  public synchronized void revokeAll(String principalId) {
    assignments.removeIf(each -> principal(each).equalsIgnoreCase(principalId));
  }

  /** Puts an identity into a group. */
  public synchronized void join(String principalId, String groupId) {
    groups.computeIfAbsent(groupId, unseen -> new TreeSet<>()).add(principalId);
  }

  /** Makes a role of one's own. */
  public synchronized void define(
      String role, List<String> actions, List<String> notActions, List<String> dataActions) {
    ObjectNode definition = JSON.createObjectNode();
    definition
        .putObject("properties")
        .put("type", "CustomRole")
        .putArray("permissions")
        .add(AzureRole.permission(actions, notActions, dataActions));
    definitions.put(role, definition);
  }

  /** The definition of a role. */
  public synchronized ObjectNode definition(String subscription, String role) {
    String scope = "/subscriptions/" + subscription;
    troubles.checkRight("Microsoft.Authorization/roleDefinitions/read", scope);
    ObjectNode own = definitions.get(role);
    if (own != null) {
      return own.deepCopy();
    }
    for (AzureRole each : AzureRole.ALL) {
      if (each.guid().equalsIgnoreCase(role)) {
        return each.definition(subscription);
      }
    }
    throw ArmRefusal.notFound(role);
  }

  /** The assignments at, above and below a scope, of an identity and the groups that it is in. */
  public synchronized List<ObjectNode> assignments(String scope, String principalId) {
    troubles.checkRight("Microsoft.Authorization/roleAssignments/read", scope);
    return assignments.stream()
        .filter(each -> isOf(principal(each), principalId))
        .filter(each -> touches(each.path("properties").path("scope").asText(), scope))
        .map(ObjectNode::deepCopy)
        .toList();
  }

  private boolean isOf(String assigned, String principalId) {
    return assigned.equalsIgnoreCase(principalId)
        || groups.getOrDefault(assigned, new TreeSet<>()).contains(principalId);
  }

  private static boolean touches(String assigned, String scope) {
    String one = assigned.toLowerCase(Locale.ROOT) + "/";
    String other = scope.toLowerCase(Locale.ROOT) + "/";
    boolean aboveAll = one.equals("//") || one.startsWith("/providers/microsoft.management/");
    return aboveAll || one.startsWith(other) || other.startsWith(one);
  }

  private static String principal(ObjectNode assignment) {
    return assignment.path("properties").path("principalId").asText();
  }

  /** What whoever asks may do. */
  public synchronized List<ObjectNode> ownPermissions(String scope) {
    troubles.checkRight("Microsoft.Authorization/permissions/read", scope);
    return List.of(
        AzureRole.permission(List.of("*"), troubles.forbidden(), List.of()),
        AzureRole.permission(List.of(), List.of(), List.of("Microsoft.KeyVault/vaults/*")));
  }
}
