package dev.rekey.operation;

import dev.rekey.reencryption.Estimate;
import java.util.List;

/**
 * What an operation would do to a cluster, before it is begun.
 *
 * @param steps its steps, in order
 * @param estimate how many Secrets and shards, and how long writing and proving will take
 */
public record OperationPlan(
    Kind kind, ClusterName cluster, List<StepName> steps, Estimate estimate) {
  public OperationPlan {
    steps = List.copyOf(steps);
  }
}
