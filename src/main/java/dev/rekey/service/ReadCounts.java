package dev.rekey.service;

import dev.rekey.fleet.Counted;
import dev.rekey.key.Ledger;
import dev.rekey.key.LedgerEntry;
import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.Records;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a cluster's Secrets were found under, read from its evidence, as little of it as will do:
 * the newest mostly says all.
 */
final class ReadCounts {
  /** Evidence that is looked at for a whole count. One in ten that has none is no cluster's. */
  private static final int MOST_BACK = 10;

  /** Rotations whose proofs are read besides: a year of monthly ones. */
  private static final int MOST_PROOFS = 12;

  private final Records records;

  ReadCounts(Records records) {
    this.records = records;
  }

  /** The last count that says anything of where Secrets lie. */
  Optional<Counted> last(ClusterName cluster) {
    return back(cluster, records.evidenceIds(cluster)).values().stream()
        .filter(Counted::saysWhere)
        .reduce((earlier, later) -> later);
  }

  /**
   * Every count from the last whole one on, and the proofs of the last rotations, oldest first:
   * since when a version isn't needed is told by the rotation that put it out of both slots.
   */
  List<Counted> withProofs(ClusterName cluster, Ledger ledger) {
    List<String> ids = records.evidenceIds(cluster);
    SortedMap<String, Counted> counts = back(cluster, ids);
    movers(ledger)
        .filter(ids::contains)
        .filter(id -> !counts.containsKey(id))
        .flatMap(id -> read(cluster, id).stream())
        .forEach(count -> counts.put(count.operationId(), count));
    return List.copyOf(counts.values());
  }

  /** The last operations that moved a slot. */
  private static Stream<String> movers(Ledger ledger) {
    List<String> all =
        ledger.entries().stream()
            .filter(entry -> entry.slot() != LedgerEntry.Slot.MAYBE)
            .map(LedgerEntry::operationId)
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .distinct()
            .toList();
    return all.stream().skip(Math.max(0, all.size() - MOST_PROOFS));
  }

  /** From the newest back to a whole one. Ids sort as their operations began. */
  private SortedMap<String, Counted> back(ClusterName cluster, List<String> ids) {
    SortedMap<String, Counted> counts = new TreeMap<>();
    for (int number = ids.size() - 1; number >= Math.max(0, ids.size() - MOST_BACK); number--) {
      Optional<Counted> count = read(cluster, ids.get(number));
      count.ifPresent(found -> counts.put(found.operationId(), found));
      if (count.isPresent() && count.get().isWhole()) {
        return counts;
      }
    }
    return counts;
  }

  private Optional<Counted> read(ClusterName cluster, String id) {
    return records.evidence(cluster, id).map(stored -> Counted.of(stored.evidence()));
  }
}
