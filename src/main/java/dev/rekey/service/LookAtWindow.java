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
   * @param now whoever decides must ask with the very instant that it decides by: by a later one a
   *     window that is open would not be open yet
   * @throws OutsideFault if ARM gives no answer
   */
  Opening of(ManagedCluster cluster, Instant now) {
    return WindowTag.in(cluster.tags())
        .map(text -> ofTag(text, now))
        .orElseGet(() -> ofConfiguration(cluster, now));
  }

  private static Opening ofTag(String text, Instant now) {
    return WindowTag.parse(text)
        .map(window -> opening(window, now, "tag " + WindowTag.TAG))
        .orElseGet(() -> Opening.unreadable("the tag " + WindowTag.TAG + " has another form"));
  }

  private Opening ofConfiguration(ManagedCluster cluster, Instant now) {
    try {
      Optional<MaintenanceConfiguration> shown = ports.clusters().maintenance(cluster.name());
      return shown
          .map(one -> opening(one.window(), now, "maintenance configuration " + one.name()))
          .orElseGet(() -> Opening.atOnce(now));
    } catch (OutsideFault fault) {
      if (UNREADABLE.contains(fault.kind())) {
        return Opening.unreadable(fault.getMessage() + wayOut(fault));
      }
      throw fault;
    }
  }

  /** The other kinds name it themselves. */
  private static String wayOut(OutsideFault fault) {
    return fault.kind() == Kind.FORBIDDEN
        ? "; it isn't read where the tag " + WindowTag.TAG + " says when"
        : "";
  }

  private static Opening opening(Window window, Instant now, String where) {
    return new Opening(window.openFrom(now).orElse(null), true, where);
  }
}
