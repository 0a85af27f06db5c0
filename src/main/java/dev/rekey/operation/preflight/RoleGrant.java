package dev.rekey.operation.preflight;

import java.util.List;
import java.util.Locale;

/**
 * A role assignment that ARM lists for an identity, its groups' too.
 *
 * @param scope what it was given on: an ARM id, a management group's, or {@code /}
 * @param role the ARM id of the role definition
 * @param conditional whether it holds on a condition, which only Azure can judge
 * @param permissions what the role allows
 */
public record RoleGrant(
    String scope, String role, boolean conditional, Reading<List<Permission>> permissions) {

  private static final String MANAGEMENT_GROUP =
      "/providers/microsoft.management/managementgroups/";

  /**
   * Whether it reaches a resource: given on it, or on something above it. What ARM lists of a
   * management group lies above.
   */
  public boolean covers(String resourceId) {
    String from = scope.toLowerCase(Locale.ROOT);
    String resource = resourceId.toLowerCase(Locale.ROOT);
    return from.equals("/")
        || from.startsWith(MANAGEMENT_GROUP)
        || resource.equals(from)
        || resource.startsWith(from + "/");
  }
}
