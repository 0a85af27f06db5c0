package dev.rekey.operation.preflight;

import dev.rekey.operation.Openness;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vault as ARM shows it. A member is null where it isn't shown, or shown as something that it
 * can't be.
 *
 * @param resourceId its ARM id
 * @param host the host of its {@code vaultUri}, lower case
 * @param tenant a GUID
 * @param openness who gets in over its public endpoint
 * @param rbac whether roles decide who may use its keys; otherwise its access policies do
 * @param policies its access policies
 * @param softDelete whether what is deleted can be brought back
 * @param purgeProtection whether what is deleted can't be purged
 * @param connections its private endpoint connections
 */
public record VaultSetup(
    String resourceId,
    @Nullable String host,
    @Nullable String tenant,
    @Nullable Openness openness,
    @Nullable Boolean rbac,
    List<AccessPolicy> policies,
    @Nullable Boolean softDelete,
    @Nullable Boolean purgeProtection,
    List<PrivateConnection> connections) {

  public VaultSetup {
    policies = List.copyOf(policies);
    connections = List.copyOf(connections);
  }
}
