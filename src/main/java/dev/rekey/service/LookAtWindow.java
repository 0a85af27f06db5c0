package dev.rekey.service;

import dev.rekey.fleet.MaintenanceConfiguration;
import dev.rekey.fleet.Window;
import dev.rekey.fleet.WindowTag;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Opening;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Sees when a change of a cluster may begin: by its tag, which spares a request, or where it has
 * none by its maintenance configuration.
 */
final class LookAtWindow {
  /** It is there, and what it says isn't known: it must not be taken for none. */
  private static final Set<Kind> UNREADABLE =
      EnumSet.of(Kind.FORBIDDEN, Kind.MALFORMED, Kind.REJECTED);

  private final Ports ports;

  LookAtWindow(Ports ports) {
    this.ports = ports;
  }

  /**
   * When it may begin.
   *
   * @throws OutsideFault if ARM gives no answer
   */
  Opening of(ManagedCluster cluster) {
    return WindowTag.in(cluster.tags()).map(this::ofTag).orElseGet(() -> ofConfiguration(cluster));
  }

  private Opening ofTag(String text) {
    return WindowTag.parse(text)
        .map(window -> opening(window, "tag " + WindowTag.TAG))
        .orElseGet(() -> Opening.unreadable("the tag " + WindowTag.TAG + " has another form"));
  }

  private Opening ofConfiguration(ManagedCluster cluster) {
    try {
      Optional<MaintenanceConfiguration> shown = ports.clusters().maintenance(cluster.name());
      return shown
          .map(one -> opening(one.window(), "maintenance configuration " + one.name()))
          .orElseGet(() -> Opening.atOnce(ports.time().instant()));
    } catch (OutsideFault fault) {
      if (UNREADABLE.contains(fault.kind())) {
        return Opening.unreadable(String.valueOf(fault.getMessage()));
      }
      throw fault;
    }
  }

  private Opening opening(Window window, String where) {
    Instant now = ports.time().instant();
    return new Opening(window.openFrom(now).orElse(null), true, where);
  }
}
