package dev.rekey.reencryption;

import dev.rekey.key.KeyIdHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which key each API server was shown to write with.
 *
 * @param shown one claim per replica, the latest
 * @param attempts how often it was looked for, and when last
 */
public record Writers(List<WriteShown> shown, Attempts attempts) {

  public static final Writers UNKNOWN = new Writers(List.of(), new Attempts(0, null));

  /**
   * How often something was tried.
   *
   * @param last when last; null if never
   */
  public record Attempts(int count, @Nullable Instant last) {}

  public Writers {
    shown = List.copyOf(shown);
  }

  /**
   * Adds what probes have shown; a later claim takes the place of an earlier one.
   *
   * @param listed when a list began that all of it comes after, though the clock may have gone back
   *     since: a Secret that was written in between, by a server that lagged, is on no list
   */
  Writers with(List<WriteShown> more, Instant at, Instant listed) {
    List<WriteShown> all = new ArrayList<>(shown);
    for (WriteShown one : more) {
      all.removeIf(earlier -> earlier.replica().equals(one.replica()));
      all.add(one.notBefore(listed));
    }
    return new Writers(all, new Attempts(attempts.count() + 1, at));
  }

  /** An instant that comes after all of it, now or next to now. */
  Instant after(Instant now) {
    return Stream.concat(Stream.ofNullable(attempts.last()), shown.stream().map(WriteShown::at))
        .filter(at -> !at.isBefore(now))
        .map(at -> at.plusNanos(1))
        .reduce(now, (one, other) -> one.isAfter(other) ? one : other);
  }

  /** What was shown, for a pass that follows on the same target. */
  Writers carried() {
    return new Writers(shown, UNKNOWN.attempts);
  }

  Optional<WriteShown> of(String replica) {
    return shown.stream().filter(one -> one.replica().equals(replica)).findFirst();
  }

  /**
   * The one key that these replicas were shown to write with; empty if one wasn't, or with several.
   */
  Optional<KeyIdHash> commonKey(Set<String> replicas) {
    Set<KeyIdHash> keys = new HashSet<>();
    for (String replica : replicas) {
      Optional<WriteShown> one = of(replica);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      keys.add(one.get().key());
    }
    return keys.size() == 1 ? keys.stream().findFirst() : Optional.empty();
  }

  /** Whether each of these servers is still the process that was shown to write with its key. */
  boolean areStill(Scrape scrape) {
    return scrape.liveSamples().values().stream()
        .allMatch(sample -> of(sample.replica()).filter(one -> one.isOf(sample)).isPresent());
  }

  /** Whether all that was shown are servers without an encryption configuration. */
  boolean countNothing() {
    return !shown.isEmpty()
        && shown.stream().allMatch(one -> one.how() == WriteShown.How.BY_NOT_COUNTING);
  }

  /** Whether one of these servers has written under another key, or plain, since it was shown. */
  boolean anyWroteElse(Scrape scrape) {
    return scrape.samples().values().stream()
        .anyMatch(
            sample -> of(sample.replica()).filter(one -> one.hasWrittenElse(sample)).isPresent());
  }

  /**
   * Whether all of these were shown before an instant; what was shown at that very instant wasn't.
   */
  boolean allShownBy(Set<String> replicas, Instant instant) {
    return shown.stream()
        .filter(one -> replicas.contains(one.replica()))
        .allMatch(one -> one.at().isBefore(instant));
  }
}
