package dev.rekey.service;

import dev.rekey.operation.ClusterName;
import dev.rekey.operation.preflight.Change;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.preflight.Preflight;
import dev.rekey.operation.preflight.Question;
import dev.rekey.operation.preflight.Surroundings;
import dev.rekey.service.port.ClusterSurroundings;
import java.util.List;

/**
 * Says of a change of KMS, before anything is changed, what stands against it. Reads and changes
 * nothing but a dry-run patch of a Secret that isn't there.
 */
public final class RunPreflight {
  private final Ports ports;
  private final ReadSurroundings surroundings;

  public RunPreflight(Ports ports, ClusterSurroundings surroundings) {
    this.ports = ports;
    this.surroundings = new ReadSurroundings(ports, surroundings);
  }

  /**
   * The findings of every check that the change concerns. Where something outside gives no answer,
   * the checks that need it say so.
   */
  public List<Finding> findings(ClusterName cluster, Change change) {
    Surroundings seen = surroundings.around(cluster, change);
    return Preflight.findings(new Question(change, seen, ports.time().instant()));
  }
}
