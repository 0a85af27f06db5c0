package dev.rekey.operation.preflight;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which identity a cluster acts with.
 *
 * @param type null if it isn't shown
 * @param userAssigned its user-assigned identities, as the cluster shows them
 */
public record ClusterIdentity(@Nullable Type type, List<AssignedIdentity> userAssigned) {

  /** Whose an identity is. */
  public enum Type {
    USER_ASSIGNED,
    SYSTEM_ASSIGNED,
    /** A service principal. */
    NONE
  }

  public ClusterIdentity {
    userAssigned = List.copyOf(userAssigned);
  }
}
