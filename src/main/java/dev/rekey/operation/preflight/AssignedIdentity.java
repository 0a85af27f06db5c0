package dev.rekey.operation.preflight;

import org.jspecify.annotations.Nullable;

/**
 * A user-assigned identity.
 *
 * @param resourceId its ARM id
 * @param principalId whom roles are assigned to, a GUID; null if it isn't shown
 */
public record AssignedIdentity(String resourceId, @Nullable String principalId) {

  boolean isOfSamePrincipal(AssignedIdentity other) {
    return principalId != null && principalId.equalsIgnoreCase(other.principalId);
  }
}
