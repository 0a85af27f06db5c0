package dev.rekey.key;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How key versions have left a cluster's slots since everything was last proved to lie under one,
 * by its ledger: under which of them Secrets may have been left behind.
 */
public final class LeftSlots {
  /** Longer than any other. */
  private static final Duration NOT_SEEN_TO_END = Duration.ofDays(36_500);

  private final Map<String, How> hows = new HashMap<>();
  private final Map<String, Duration> currentFor = new HashMap<>();
  private final Set<String> announced = new HashSet<>();
  private @Nullable KeyId current;
  private Instant since = Instant.EPOCH;

  /** Null also where it isn't known. */
  private @Nullable KeyId previous;

  /** What a version has left behind; the likelier it is that Secrets lie under it, the later. */
  public enum How {
    /** An operation of ours made it current, and rewrote whatever lay under it. */
    BROUGHT_BACK,
    /** A move of ours dropped it, before which what could be read was written elsewhere. */
    LEFT_EMPTY,
    /** It wasn't seen in a slot since the proof. */
    UNSEEN,
    /** It was in a slot when somebody else moved the cluster, or an update of ours failed. */
    IN_DOUBT
  }

  private LeftSlots(List<LedgerEntry> entries) {
    entries.forEach(this::take);
  }

  /**
   * By a ledger.
   *
   * @param shown what ARM shows in the current slot, which the ledger may not have seen yet
   */
  public static LeftSlots of(Ledger ledger, KeyId shown) {
    List<LedgerEntry> entries = ledger.entries();
    LeftSlots left = new LeftSlots(entries.subList(sinceProof(ledger), entries.size()));
    left.current(shown, left.announced.contains(name(shown)), null);
    return left;
  }

  public How how(KeyId version) {
    return hows.getOrDefault(name(version), How.UNSEEN);
  }

  /** The longer it was current, the more was written under it, and left behind. */
  public Duration currentFor(KeyId version) {
    return currentFor.getOrDefault(name(version), Duration.ZERO);
  }

  /** By the order of the entries: a clock that was wrong must not turn it round. */
  private static int sinceProof(Ledger ledger) {
    ProvedOn proved = ledger.proved();
    KeyId under = proved == null ? null : proved.key();
    List<LedgerEntry> entries = ledger.entries();
    for (LedgerEntry.Slot slot : List.of(LedgerEntry.Slot.PROVED, LedgerEntry.Slot.CURRENT)) {
      for (int number = entries.size() - 1; under != null && number >= 0; number--) {
        LedgerEntry entry = entries.get(number);
        if (entry.slot() == slot && entry.key().isSameAs(under)) {
          return number;
        }
      }
    }
    return 0;
  }

  private void take(LedgerEntry entry) {
    switch (entry.slot()) {
      case PROVED, CURRENT -> {
        boolean ours = entry.operationId() != null || announced.contains(name(entry.key()));
        current(entry.key(), ours, entry.at());
      }
      case MAYBE -> {
        announced.add(name(entry.key()));
        hows.put(name(entry.key()), How.IN_DOUBT);
      }
      case KEPT -> {
        leave(current, entry.operationId() != null);
        leave(previous, entry.operationId() != null);
        noteEnd(entry.at());
        current = null;
        previous = null;
      }
      case PREVIOUS -> {} // the entry of the version that took its place follows
    }
  }

  private void current(KeyId key, boolean ours, @Nullable Instant at) {
    KeyId before = current;
    if (before != null && before.isSameAs(key)) {
      return;
    }
    noteEnd(at);
    if (ours) {
      oursCurrent(key, before);
    } else {
      leave(before, false); // moved twice between two looks, either slot's version is dropped
      leave(previous, false);
      previous = null;
    }
    announced.clear();
    current = key;
    since = at == null ? since : at;
  }

  /**
   * @param at null where nobody has seen yet when it was
   */
  private void noteEnd(@Nullable Instant at) {
    if (current != null) {
      Duration more = at == null ? NOT_SEEN_TO_END : Duration.between(since, at);
      currentFor.merge(name(current), more, Duration::plus);
    }
  }

  private void oursCurrent(KeyId key, @Nullable KeyId before) {
    if (previous != null && !previous.isSameAs(key)) {
      leave(previous, true);
    }
    if (before != null) {
      hows.put(name(key), How.BROUGHT_BACK);
    }
    previous = before;
  }

  private void leave(@Nullable KeyId version, boolean ours) {
    if (version != null && !(ours && how(version) == How.BROUGHT_BACK)) {
      hows.put(name(version), ours ? How.LEFT_EMPTY : How.IN_DOUBT);
    }
  }

  /** A vault ignores case. */
  private static String name(KeyId version) {
    return version.url().toLowerCase(Locale.ROOT);
  }
}
