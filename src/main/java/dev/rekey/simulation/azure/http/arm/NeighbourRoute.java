package dev.rekey.simulation.azure.http.arm;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a path of ARM names around clusters.
 *
 * @param scope the ARM id in front
 * @param name what the path names last; empty for a list
 */
record NeighbourRoute(Kind kind, String scope, String name) {

  private static final String SUBSCRIPTION = "/subscriptions/[^/]+";
  private static final String GROUP = SUBSCRIPTION + "/resourceGroups/[^/]+";
  private static final String AUTHORIZATION = "/providers/Microsoft\\.Authorization/";

  enum Kind {
    SUBSCRIPTION("(" + NeighbourRoute.SUBSCRIPTION + ")()", "2022-12-01"),
    RESOURCES("(" + NeighbourRoute.SUBSCRIPTION + ")/resources()", "2021-04-01"),
    PERMISSIONS("(.+)" + AUTHORIZATION + "permissions()", "2022-04-01"),
    ROLE_ASSIGNMENTS("(.+)" + AUTHORIZATION + "roleAssignments()", "2022-04-01"),
    ROLE_DEFINITION(
        "(" + NeighbourRoute.SUBSCRIPTION + ")" + AUTHORIZATION + "roleDefinitions/([^/]+)",
        "2022-04-01"),
    DIAGNOSTICS("(.+)/providers/Microsoft\\.Insights/diagnosticSettings()", "2021-05-01-preview"),
    SCALE_SETS(
        "(" + GROUP + ")/providers/Microsoft\\.Compute/virtualMachineScaleSets()", "2024-07-01"),
    VAULT("(" + GROUP + "/providers/Microsoft\\.KeyVault/vaults/[^/]+)()", "2023-07-01"),
    IDENTITY(
        "(" + GROUP + "/providers/Microsoft\\.ManagedIdentity/userAssignedIdentities/[^/]+)()",
        "2023-01-31");

    private final Pattern form;
    private final String apiVersion;

    Kind(String form, String apiVersion) {
      this.form = Pattern.compile(form, Pattern.CASE_INSENSITIVE);
      this.apiVersion = apiVersion;
    }

    /** The only version of it that is known. */
    String apiVersion() {
      return apiVersion;
    }
  }

  /** Reads a path; empty if it names nothing of these. */
  static Optional<NeighbourRoute> of(String path) {
    return Arrays.stream(Kind.values()).flatMap(kind -> of(kind, path).stream()).findFirst();
  }

  private static Optional<NeighbourRoute> of(Kind kind, String path) {
    Matcher matcher = kind.form.matcher(path);
    return matcher.matches()
        ? Optional.of(new NeighbourRoute(kind, matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }
}
