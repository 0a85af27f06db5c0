package dev.rekey.fleet;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.LedgerEntry;
import dev.rekey.key.LedgerEntry.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * That a key version was in a slot for a time, as the ledger has it.
 *
 * @param until null if it is there still
 * @param operationId the operation that put it there; null if it was only found there
 * @param isFirst whether Rekey met the cluster so
 */
public record Tenure(
    KeyId key,
    Slot slot,
    Instant from,
    @Nullable Instant until,
    @Nullable String operationId,
    boolean isFirst) {

  /** All of a ledger, oldest first. */
  public static List<Tenure> of(Ledger ledger) {
    List<Tenure> tenures = new ArrayList<>();
    List<LedgerEntry> entries =
        ledger.entries().stream().filter(entry -> entry.slot() != Slot.PROVED).toList();
    for (int number = 0; number < entries.size(); number++) {
      LedgerEntry entry = entries.get(number);
      tenures.add(
          new Tenure(
              entry.key(),
              entry.slot(),
              entry.at(),
              end(entry, entries.subList(number + 1, entries.size())),
              entry.operationId(),
              number == 0 && entry.operationId() == null));
    }
    return tenures;
  }

  private static @Nullable Instant end(LedgerEntry entry, List<LedgerEntry> later) {
    Set<Slot> enders = enders(entry.slot());
    return later.stream()
        .filter(next -> enders.contains(next.slot()))
        .filter(
            next ->
                entry.slot() != Slot.CURRENT
                    || !next.key().isSameAs(entry.key())
                    || next.slot() == Slot.KEPT)
        .map(LedgerEntry::at)
        .findFirst()
        .orElse(null);
  }

  /** What takes its place: an update of which nobody knows is settled by whatever comes then. */
  private static Set<Slot> enders(Slot slot) {
    return switch (slot) {
      case CURRENT, KEPT, MAYBE -> EnumSet.of(Slot.CURRENT, Slot.KEPT);
      case PREVIOUS -> EnumSet.of(Slot.PREVIOUS, Slot.KEPT);
      case PROVED -> EnumSet.noneOf(Slot.class);
    };
  }
}
