package dev.rekey.operation.preflight;

import java.util.List;
import java.util.stream.Stream;

/**
 * What was read of a cluster and of what belongs to it.
 *
 * @param tenant the tenant of its subscription, a GUID
 * @param identities its user-assigned identities as resources of their own
 * @param scaleSets the scale sets of its node resource group
 * @param ownRights what Rekey may do on the cluster, its identities and its subnets
 */
public record ClusterSide(
    Reading<ClusterSetup> setup,
    Reading<String> tenant,
    List<Reading<AssignedIdentity>> identities,
    Reading<List<ScaleSet>> scaleSets,
    List<OwnRights> ownRights) {

  public ClusterSide {
    identities = List.copyOf(identities);
    ownRights = List.copyOf(ownRights);
  }

  /** Nothing of it was read, for one reason. */
  public static ClusterSide unread(Reading<?> why) {
    return new ClusterSide(why(why), why(why), List.of(), why(why), List.of());
  }

  static <T> Reading<T> why(Reading<?> why) {
    return why.then(
        unexpected -> {
          throw new IllegalArgumentException("a reason why something was not read is expected");
        });
  }

  /**
   * Whom the cluster acts as: by the identities themselves, and where these could not be read by
   * what the cluster shows.
   */
  public List<String> principals() {
    List<String> own = principals(identities.stream().flatMap(each -> each.known().stream()));
    return own.isEmpty() ? principals(shown().stream()) : own;
  }

  /** Its user-assigned identities, as the cluster shows them; none if it wasn't read. */
  List<AssignedIdentity> shown() {
    return setup.known().map(read -> read.identity().userAssigned()).orElse(List.of());
  }

  private static List<String> principals(Stream<AssignedIdentity> identities) {
    return identities.flatMap(each -> Stream.ofNullable(each.principalId())).toList();
  }

  /** What Rekey may do on a scope; unread if nobody looked. */
  Reading<List<Permission>> ownRightsOn(String scope) {
    return ownRights.stream()
        .filter(rights -> rights.scope().equalsIgnoreCase(scope))
        .findFirst()
        .map(OwnRights::permissions)
        .orElseGet(() -> Reading.unread("nobody looked at the rights on " + scope));
  }
}
