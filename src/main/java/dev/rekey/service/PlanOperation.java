package dev.rekey.service;

import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Kind;
import dev.rekey.operation.OperationPlan;
import dev.rekey.operation.step.Plan;
import dev.rekey.reencryption.Estimate;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.Shard;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what an operation would do: its steps, how many Secrets and shards, and how long writing and
 * proving will take. It lists the Secrets and sends some dry-run patches; it changes nothing, in
 * the cluster or in the records.
 */
public final class PlanOperation {
  /** Enough for a second or less of a pass. */
  private static final int SAMPLE = 200;

  private final Ports ports;
  private final Limits limits;

  public PlanOperation(Ports ports, Limits limits) {
    this.ports = ports;
    this.limits = limits;
  }

  /**
   * Plans an operation.
   *
   * @throws dev.rekey.service.port.OutsideFault if the cluster can't be listed or measured
   */
  public OperationPlan plan(ClusterName cluster, Kind kind) {
    try (Connection connection = new Connection(ports.kubernetes(), cluster)) {
      List<SecretRef> sample = new ArrayList<>();
      ListSecrets listing =
          new ListSecrets(
              connection.apiServers(), limits.shardSize(), shards -> add(sample, shards));
      ListSecrets.Listed listed = listing.run(WantedSecrets.ALL);
      double speed = new MeasureSpeed(connection.apiServers(), ports.time(), limits).of(sample);
      Estimate estimate =
          new Estimate(
              ports.time().instant(), listed.discovered(), listed.shards(), sample.size(), speed);
      return new OperationPlan(kind, cluster, Plan.names(kind), estimate);
    }
  }

  private static void add(List<SecretRef> sample, List<Shard> shards) {
    for (Shard shard : shards) {
      sample.addAll(MeasureSpeed.pick(shard.remaining(), SAMPLE - sample.size()));
    }
  }
}
