package dev.rekey.service;

import dev.rekey.fleet.Counted;
import dev.rekey.fleet.OpenAlerts;
import dev.rekey.fleet.WaveRelease;
import dev.rekey.key.KeptKey;
import dev.rekey.key.KeyId;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster stands, by a fresh look.
 *
 * @param mode how much Rekey does to it by itself
 * @param standing a stable token: {@code operation-active}, {@code rotation-due}, {@code proposed},
 *     or why there is nothing to do, or {@code not-looked-at} with the system that gave no answer
 * @param newest the version that it would be rotated to; null if there is none
 * @param active the operation under way; null if none is
 * @param kept the key version that must be kept though KMS is off; null if KMS is on, or nobody
 *     knows which it was
 * @param proved the last proof that every Secret lies under a key version; null if there is none
 * @param slots the current slot and the previous one; none if KMS is off
 * @param counted under which key Secrets lay by the last count; null if there is none
 * @param hold why a rotation that is due doesn't begin by itself; null where none is due, one is
 *     under way, or nothing holds it
 * @param release by whom the cluster's wave was let go to the newest version; null if by nobody
 * @param alerts what a person should see to
 */
public record ClusterReport(
    ManagedCluster cluster,
    Mode mode,
    String standing,
    @Nullable KeyId newest,
    @Nullable Operation active,
    @Nullable KeptKey kept,
    @Nullable ProvedOn proved,
    List<SlotReport> slots,
    @Nullable Counted counted,
    @Nullable Hold hold,
    @Nullable WaveRelease release,
    OpenAlerts alerts) {

  public ClusterReport {
    slots = List.copyOf(slots);
  }

  /**
   * One of which nothing but what ARM shows is known.
   *
   * @param why a stable token
   */
  static ClusterReport notLookedAt(ManagedCluster cluster, Mode mode, String why) {
    return new ClusterReport(
        cluster,
        mode,
        "not-looked-at " + why,
        null,
        null,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        OpenAlerts.NONE);
  }
}
