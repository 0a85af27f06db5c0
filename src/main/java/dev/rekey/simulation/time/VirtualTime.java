package dev.rekey.simulation.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until it is advanced, and what is to happen as it passes. For one
 * thread.
 *
 * <p>Actions run in the order of their instants, and those of one instant in the order in which
 * they were scheduled, so that the same world always takes the same course. An action may schedule
 * others and may itself advance the time.
 */
public final class VirtualTime implements InstantSource {

  private record Entry(Instant when, long sequence, Runnable action) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = when.compareTo(other.when);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private Instant now;
  private long scheduled;

  public VirtualTime(Instant start) {
    now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Schedules an action. One for the past runs as soon as time is advanced at all. */
  public void at(Instant when, Runnable action) {
    entries.add(new Entry(when, scheduled++, action));
  }

  public void after(Duration delay, Runnable action) {
    at(now.plus(delay), action);
  }

  /** When the next action is due; null if none is scheduled. */
  public @Nullable Instant nextDue() {
    Entry first = entries.peek();
    return first == null ? null : first.when;
  }

  /** Runs everything that is due until then, each at its own instant. Time never goes back. */
  public void advanceTo(Instant target) {
    while (step(target)) {}
  }

  public void advance(Duration span) {
    advanceTo(now.plus(span));
  }

  /**
   * Advances to the next action and runs it, and it alone; or to the limit, if nothing is due until
   * then.
   *
   * @return whether an action ran
   */
  public boolean step(Instant limit) {
    if (!isDue(limit)) {
      moveTo(limit);
      return false;
    }
    Entry entry = entries.remove();
    moveTo(entry.when);
    entry.action.run();
    return true;
  }

  private boolean isDue(Instant limit) {
    Entry first = entries.peek();
    return first != null && !first.when.isAfter(limit);
  }

  private void moveTo(Instant instant) {
    if (instant.isAfter(now)) {
      now = instant;
    }
  }
}
