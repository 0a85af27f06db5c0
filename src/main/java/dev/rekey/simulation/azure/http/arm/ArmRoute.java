package dev.rekey.simulation.azure.http.arm;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a path of ARM names.
 *
 * @param subject the ARM id that it is about: a scope, a cluster, or an operation's path
 */
record ArmRoute(Kind kind, String subject) {

  private static final String SUBSCRIPTION = "/subscriptions/[^/]+";
  private static final String GROUP = SUBSCRIPTION + "(?:/resourceGroups/[^/]+)?";
  private static final String PROVIDER = "/providers/Microsoft\\.ContainerService";
  private static final String CLUSTERS = PROVIDER + "/managedClusters";

  enum Kind {
    CLUSTERS("(" + GROUP + ")" + ArmRoute.CLUSTERS),
    CLUSTER("(" + GROUP + ArmRoute.CLUSTERS + "/[^/]+)"),
    USER_CREDENTIAL("(" + GROUP + ArmRoute.CLUSTERS + "/[^/]+)/listClusterUserCredential"),
    MAINTENANCE("(" + GROUP + ArmRoute.CLUSTERS + "/[^/]+)/maintenanceConfigurations"),
    OPERATION("(" + SUBSCRIPTION + PROVIDER + "/locations/[^/]+/operations/[^/]+)");

    private final Pattern form;

    Kind(String form) {
      this.form = Pattern.compile(form, Pattern.CASE_INSENSITIVE);
    }
  }

  /** Reads a path, whose fixed parts ARM takes in any case; empty if it names nothing. */
  static Optional<ArmRoute> of(String path) {
    return Arrays.stream(Kind.values()).flatMap(kind -> of(kind, path).stream()).findFirst();
  }

  private static Optional<ArmRoute> of(Kind kind, String path) {
    Matcher matcher = kind.form.matcher(path);
    return matcher.matches() ? Optional.of(new ArmRoute(kind, matcher.group(1))) : Optional.empty();
  }
}
