package dev.rekey.aks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.operation.preflight.ScaleSet;
import java.util.Optional;

/** A scale set in a cluster's node resource group. */
final class ScaleSetView {
  private ScaleSetView() {}

  /**
   * The scale set of a pool; empty for one that AKS did not make.
   *
   * @throws dev.rekey.service.port.OutsideFault with {@code MALFORMED} if it is one of a pool's and
   *     shows no capacity
   */
  static Optional<ScaleSet> of(String doing, JsonNode shown) {
    String pool = StrictMember.text(shown.at("/tags/aks-managed-poolName"), StrictMember.POOL);
    if (pool == null) {
      return Optional.empty();
    }
    Integer capacity = StrictMember.count(shown.at("/sku/capacity"));
    if (capacity == null) {
      throw ArmFaults.malformed(doing, "it shows no capacity of a scale set");
    }
    return Optional.of(new ScaleSet(pool, capacity));
  }
}
