package dev.rekey.app.simulated;

import dev.rekey.simulation.fault.Fault;
import dev.rekey.simulation.fault.OutsideCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The faults that have happened in a world: what an oracle may excuse hangs on them. */
final class WhatHappened {
  /** So often a patch is tried before its Secret is given up. */
  private static final int MOST_BUSY_PATCHES = 3;

  private final List<OutsideCalls.Observed> faults = new ArrayList<>();

  void note(OutsideCalls.Observed observed) {
    if (observed.fault().isPresent()) {
      faults.add(observed);
    }
  }

  /** How many there were so far. */
  int count() {
    return faults.size();
  }

  /** Whether a Secret may have been left as it was for a reason, to be named. */
  boolean mayHaveMadeExceptions() {
    return faults.stream()
            .anyMatch(each -> each.fault().orElseThrow().mayMakeExceptionAt(each.call()))
        || count(Fault::isBusyPatch) >= MOST_BUSY_PATCHES;
  }

  /**
   * Whether an answer was made up in place of a look at a Secret, so that no API server has counted
   * one.
   */
  boolean mayHaveMiscounted() {
    return mayHaveMadeExceptions() || wasLiedTo();
  }

  /** Whether an API server said of a Secret that is there that it is gone. */
  boolean wasLiedTo() {
    return count(fault -> fault == Fault.PATCH_NOT_FOUND) > 0;
  }

  /** Whether an operation may have been refused before it changed anything. */
  boolean mayHaveRefused() {
    return count(Fault::isMissingRight) > 0 || count(Fault::changesWhatIsWanted) > 0;
  }

  /** Whether the host's clock went wrong. */
  boolean hadWrongClock() {
    return count(fault -> fault == Fault.CLOCK_AHEAD || fault == Fault.CLOCK_BEHIND) > 0;
  }

  private long count(Predicate<Fault> which) {
    return faults.stream().map(each -> each.fault().orElseThrow()).filter(which).count();
  }
}
