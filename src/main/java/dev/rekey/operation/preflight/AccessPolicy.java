package dev.rekey.operation.preflight;

import java.util.Set;

/**
 * An access policy of a vault.
 *
 * @param principalId whom it is for, a GUID
 * @param keyPermissions what it permits with keys, lower case; {@code all} permits everything
 */
public record AccessPolicy(String principalId, Set<String> keyPermissions) {

  public AccessPolicy {
    keyPermissions = Set.copyOf(keyPermissions);
  }

  boolean permits(String operation) {
    return keyPermissions.contains(operation) || keyPermissions.contains("all");
  }
}
