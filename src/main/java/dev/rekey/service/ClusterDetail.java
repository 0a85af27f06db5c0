package dev.rekey.service;

import dev.rekey.fleet.Counted;
import dev.rekey.key.SlotPeriod;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one cluster stands, and how it came to that.
 *
 * @param history which key version was in which slot when, oldest first
 * @param proofs what was counted by each operation that the history names and that has left
 *     evidence, by its id
 * @param whereabouts where its Secrets lay when they were last counted or proved, and whether that
 *     is where they should; null if they never were
 */
public record ClusterDetail(
    ClusterReport report,
    List<SlotPeriod> history,
    Map<String, Counted> proofs,
    @Nullable WhereaboutsReport whereabouts) {

  public ClusterDetail {
    history = List.copyOf(history);
    proofs = Map.copyOf(proofs);
  }
}
