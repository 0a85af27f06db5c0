package dev.rekey.operation.preflight;

import org.jspecify.annotations.Nullable;

/**
 * A node pool as AKS knows it. A member is null where it isn't shown.
 *
 * @param count how many nodes AKS believes it has
 * @param mode {@code System} or {@code User}
 * @param provisioningState such as {@code Succeeded}
 * @param subnetId the subnet of its nodes; null where AKS made it
 */
public record AgentPool(
    String name,
    @Nullable Integer count,
    @Nullable String mode,
    @Nullable String provisioningState,
    @Nullable String subnetId) {

  boolean isOfSystem() {
    return "System".equalsIgnoreCase(mode);
  }
}
