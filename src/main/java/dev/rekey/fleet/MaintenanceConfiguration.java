package dev.rekey.fleet;

import java.util.List;

/**
 * When AKS itself may maintain a cluster.
 *
 * @param name one of {@link #NAMES}
 */
public record MaintenanceConfiguration(String name, Window window) {

  /**
   * Those that say when a cluster's control plane may be changed, the one that decides first. That
   * for node images says nothing of it.
   */
  public static final List<String> NAMES = List.of("aksManagedAutoUpgradeSchedule", "default");
}
