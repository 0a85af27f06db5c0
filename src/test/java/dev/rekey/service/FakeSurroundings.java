package dev.rekey.service;

import dev.rekey.operation.ClusterName;
import dev.rekey.operation.preflight.ClusterSide;
import dev.rekey.operation.preflight.Reading;
import dev.rekey.operation.preflight.VaultSide;
import dev.rekey.service.port.ClusterSurroundings;
import dev.rekey.service.port.OutsideFault;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Shows nothing of what lies around a cluster, unless a test scripts what it shows. */
final class FakeSurroundings implements ClusterSurroundings {
  /** Thrown by the next looks, in order. */
  final Deque<OutsideFault> faults = new ArrayDeque<>();

  ClusterSide cluster = ClusterSide.unread(Reading.unread("nobody may read it"));
  int looks;

  @Override
  public ClusterSide cluster(ClusterName name) {
    looks++;
    if (!faults.isEmpty()) {
      throw faults.poll();
    }
    return cluster;
  }

  @Override
  public VaultSide vault(
      ClusterName name, String host, String resourceId, List<String> principals) {
    return VaultSide.unread(host, Reading.unread("nobody may read it"));
  }
}
