package dev.rekey.service;

import dev.rekey.operation.ManagedCluster;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Signals;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at clusters one after another. Whatever goes wrong with one keeps no other from being
 * looked at.
 */
final class EachCluster {
  private final Signals signals;

  EachCluster(Signals signals) {
    this.signals = signals;
  }

  /**
   * Looks at each.
   *
   * @throws RuntimeException the first that isn't an answer missing from outside, after all have
   *     been looked at
   */
  void look(List<ManagedCluster> clusters, Consumer<ManagedCluster> look) {
    @Nullable RuntimeException first = null;
    for (ManagedCluster cluster : clusters) {
      try {
        look.accept(cluster);
      } catch (OutsideFault fault) {
        signals.tell("cluster-not-looked-at", fault);
      } catch (RuntimeException unexpected) {
        signals.count("cluster-not-looked-at", unexpected.getClass().getSimpleName());
        first = first == null ? unexpected : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
