package dev.rekey.aks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.operation.preflight.OwnRights;
import dev.rekey.operation.preflight.Permission;
import dev.rekey.operation.preflight.Reading;
import dev.rekey.operation.preflight.Right;
import dev.rekey.operation.preflight.RoleGrant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who may do what, by {@code Microsoft.Authorization}. */
final class ArmRights {
  private static final String PROVIDER = "/providers/Microsoft.Authorization/";

  private final ArmParts parts;

  ArmRights(ArmParts parts) {
    this.parts = parts;
  }

  /** What whoever asks may do on a resource, inherited rights too. */
  OwnRights own(String scope) {
    String doing = "read our own rights on " + scope;
    Right needed = new Right("Microsoft.Authorization/permissions/read", scope);
    Reading<List<List<Permission>>> blocks =
        parts.list(
            doing,
            scope + PROVIDER + "permissions",
            ArmVersion.AUTHORIZATION,
            "",
            needed,
            block -> PermissionView.all(doing, arrayOf(block)));
    return new OwnRights(scope, blocks.map(all -> all.stream().flatMap(List::stream).toList()));
  }

  private static JsonNode arrayOf(JsonNode block) {
    return JsonNodeFactory.instance.arrayNode().add(block);
  }

  /**
   * The role assignments of identities on a resource, above it and in it, with what the roles
   * allow. ARM adds those of groups that an identity is in.
   */
  Reading<List<RoleGrant>> grants(ResourceId resource, List<String> principals) {
    if (principals.isEmpty()) {
      return Reading.unread("it isn't known whom the cluster acts as");
    }
    Map<String, Reading<List<Permission>>> roles = new HashMap<>();
    Reading<List<RoleGrant>> all = Reading.of(List.of());
    for (String principal : principals) {
      all = all.then(before -> grants(resource, principal, roles).map(more -> both(before, more)));
    }
    return all;
  }

  private static <T> List<T> both(List<T> one, List<T> other) {
    List<T> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  private Reading<List<RoleGrant>> grants(
      ResourceId resource, String principal, Map<String, Reading<List<Permission>>> roles) {
    String doing = "list the role assignments on " + resource;
    return parts.list(
        doing,
        resource + PROVIDER + "roleAssignments",
        ArmVersion.AUTHORIZATION,
        "assignedTo('" + principal + "')",
        new Right("Microsoft.Authorization/roleAssignments/read", resource.text()),
        each -> grant(doing, resource, each.path("properties"), roles));
  }

  private RoleGrant grant(
      String doing,
      ResourceId resource,
      JsonNode shown,
      Map<String, Reading<List<Permission>>> roles) {
    String scope = StrictMember.text(shown.path("scope"), StrictMember.SCOPE);
    String definition = StrictMember.text(shown.path("roleDefinitionId"), StrictMember.SCOPE);
    String role = definition == null ? "" : definition.substring(definition.lastIndexOf('/') + 1);
    if (scope == null || !StrictMember.GUID.matcher(role).matches()) {
      throw ArmFaults.malformed(doing, "it lists a role assignment that can't be understood");
    }
    return new RoleGrant(
        scope,
        role,
        !StrictMember.isAbsent(shown.path("condition")),
        roles.computeIfAbsent(
            StrictMember.lower(role), unseen -> role(resource.subscription(), role)));
  }

  private Reading<List<Permission>> role(String subscription, String role) {
    String doing = "read the role definition " + role;
    String scope = "/subscriptions/" + subscription;
    return parts.one(
        doing,
        scope + PROVIDER + "roleDefinitions/" + role,
        ArmVersion.AUTHORIZATION,
        new Right("Microsoft.Authorization/roleDefinitions/read", scope),
        body -> PermissionView.all(doing, body.at("/properties/permissions")));
  }
}
