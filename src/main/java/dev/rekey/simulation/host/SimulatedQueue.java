package dev.rekey.simulation.host;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * A storage queue with a trigger on it, by the rules of {@code host.json}: a message that is taken
 * is hidden, comes back if its worker dies or fails, and becomes poison when it has been taken too
 * often. For one thread.
 *
 * @param <M> what travels over it
 */
public final class SimulatedQueue<M> {
  /** {@code maxDequeueCount}. */
  private static final int MOST_DEQUEUES = 5;

  /** {@code visibilityTimeout}: a message that failed comes back then. */
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

  /** The trigger hides a message for so long, and a killed worker never shows it again. */
  private static final Duration HIDDEN = Duration.ofMinutes(10);

  private final InstantSource time;
  private final ToIntFunction<Integer> choice;
  private final List<Entry<M>> entries = new ArrayList<>();
  private final List<M> poison = new ArrayList<>();

  private static final class Entry<M> {
    private final M message;
    private Instant visibleAt;
    private int dequeues;

    private Entry(M message, Instant visibleAt) {
      this.message = message;
      this.visibleAt = visibleAt;
    }
  }

  /** A message in somebody's hands, until somebody else takes it. */
  public static final class Taken<M> {
    private final Entry<M> entry;
    private final int dequeues;

    private Taken(Entry<M> entry) {
      this.entry = entry;
      this.dequeues = entry.dequeues;
    }

    public M message() {
      return entry.message;
    }

    /** How often it has been taken, this time included. */
    public int dequeues() {
      return dequeues;
    }
  }

  /**
   * @param choice which of so many visible messages is delivered next, the longest visible one
   *     being 0: a queue promises no order
   */
  public SimulatedQueue(InstantSource time, ToIntFunction<Integer> choice) {
    this.time = time;
    this.choice = choice;
  }

  public void send(M message, Duration delay) {
    entries.add(new Entry<>(message, time.instant().plus(delay)));
  }

  /** When the next message can be taken; empty if there is none. */
  public Optional<Instant> nextVisible() {
    return entries.stream().map(entry -> entry.visibleAt).min(Comparator.naturalOrder());
  }

  /** Takes a visible message and hides it; empty if none is visible. */
  public Optional<Taken<M>> take() {
    List<Entry<M>> visible =
        entries.stream()
            .filter(entry -> !entry.visibleAt.isAfter(time.instant()))
            .sorted(Comparator.comparing(entry -> entry.visibleAt))
            .toList();
    if (visible.isEmpty()) {
      return Optional.empty();
    }
    Entry<M> taken = visible.get(choice.applyAsInt(visible.size()));
    taken.dequeues++;
    taken.visibleAt = time.instant().plus(HIDDEN);
    if (taken.dequeues > MOST_DEQUEUES) {
      // Its workers died each time: nobody was left to put it aside.
      toPoison(taken);
      return take();
    }
    return Optional.of(new Taken<>(taken));
  }

  /**
   * Its work is done.
   *
   * @return false if somebody else has taken it since, or deleted it
   */
  public boolean delete(Taken<M> taken) {
    return isHeld(taken) && entries.remove(taken.entry);
  }

  /** Its work failed: it comes back later, or never. */
  public void failed(Taken<M> taken) {
    if (!isHeld(taken)) {
      return;
    }
    if (taken.dequeues >= MOST_DEQUEUES) {
      toPoison(taken.entry);
    } else {
      taken.entry.visibleAt = time.instant().plus(AFTER_FAILURE);
    }
  }

  private boolean isHeld(Taken<M> taken) {
    return taken.entry.dequeues == taken.dequeues;
  }

  private void toPoison(Entry<M> entry) {
    entries.remove(entry);
    poison.add(entry.message);
  }

  /** What is in it, visible or hidden. */
  public List<M> messages() {
    return entries.stream().map(entry -> entry.message).toList();
  }

  /** A person has looked at what had become poison, and throws it away. */
  public void emptyPoison() {
    poison.clear();
  }

  public int poisonCount() {
    return poison.size();
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }
}
