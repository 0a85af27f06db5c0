package dev.rekey.reencryption;

import dev.rekey.key.KeyIdHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One sample of each live API server, as far as they could be reached.
 *
 * @param at when it was begun
 * @param live the replicas whose lease was renewed within the last minute
 * @param samples by replica
 */
public record Scrape(Instant at, Set<String> live, Map<String, ReplicaSample> samples) {

  /** A status sample older than this says nothing: each provider is polled every minute. */
  public static final Duration FRESH = Duration.ofSeconds(90);

  public Scrape {
    live = Collections.unmodifiableSet(new TreeSet<>(live)); // in order, so that records read alike
    // In the order given: that of Map.copyOf is another in each process, and no run could be
    // played again in the next.
    samples = Collections.unmodifiableMap(new LinkedHashMap<>(samples));
  }

  /** Whether at least one replica lives and each live one has been sampled. */
  public boolean isComplete() {
    return !live.isEmpty() && samples.keySet().containsAll(live);
  }

  /**
   * Live replicas that do not read the key: not sampled, or without a fresh status sample of it.
   */
  public Set<String> notReading(KeyIdHash target) {
    Set<String> missing = new TreeSet<>();
    for (String replica : live) {
      if (!freshHashes(replica).contains(target)) {
        missing.add(replica);
      }
    }
    return missing;
  }

  /**
   * Whether each live replica can read what any of them writes: all poll the same keys, at least
   * one.
   */
  public boolean allReadTheSame() {
    Set<Set<KeyIdHash>> distinct = new HashSet<>();
    live.forEach(replica -> distinct.add(freshHashes(replica)));
    return isComplete() && distinct.size() == 1 && !distinct.iterator().next().isEmpty();
  }

  /**
   * Whether each live replica has been sampled, and all that tell which encryption configuration
   * they have loaded tell the same.
   */
  public boolean haveLoadedTheSame() {
    long distinct =
        liveSamples().values().stream()
            .map(ReplicaSample::configurationHash)
            .filter(Objects::nonNull)
            .distinct()
            .count();
    return isComplete() && distinct <= 1;
  }

  /**
   * Whether each server that lives in a later scrape was sampled here already, as the same process
   * with the same encryption configuration.
   */
  public boolean showsServersOf(Scrape later) {
    return later.isComplete() && later.liveSamples().values().stream().allMatch(this::shows);
  }

  private boolean shows(ReplicaSample later) {
    @Nullable ReplicaSample here = samples.get(later.replica());
    return here != null
        && here.processStart().equals(later.processStart())
        && Objects.equals(here.configurationHash(), later.configurationHash());
  }

  /** Which processes of the API servers were sampled, with which configuration. */
  public List<ServerState> servers() {
    return samples.values().stream().map(ServerState::of).toList();
  }

  /**
   * Live replicas that run as they did then: neither restarted nor with another configuration; and
   * those that were not sampled.
   */
  public Set<String> stillAs(List<ServerState> then) {
    Set<String> still = new TreeSet<>(live);
    liveSamples().values().stream()
        .filter(sample -> then.stream().noneMatch(server -> server.isStill(sample)))
        .forEach(sample -> still.remove(sample.replica()));
    return still;
  }

  /**
   * Live replicas that have ever loaded a key since they started: any sample of it shows that, a
   * status however old, a read or a write.
   */
  public Set<String> everLoaded(KeyIdHash key) {
    return namesOf(
        sample ->
            sample.statusAt().containsKey(key)
                || sample.reads().containsKey(key)
                || sample.writes().containsKey(key)
                || sample.lastWriteAt().containsKey(key));
  }

  /** Live replicas that have written under another key than this since then. */
  public Set<String> wroteOtherwiseSince(Instant then, KeyIdHash key) {
    return namesOf(
        sample ->
            sample.lastWriteAt().entrySet().stream()
                .anyMatch(last -> !last.getKey().equals(key) && last.getValue().isAfter(then)));
  }

  private Set<String> namesOf(Predicate<ReplicaSample> which) {
    Set<String> names = new TreeSet<>();
    liveSamples().values().stream().filter(which).forEach(sample -> names.add(sample.replica()));
    return names;
  }

  /** The keys that a replica reads with, in order: those of which it has a fresh status sample. */
  public Set<KeyIdHash> readBy(String replica) {
    return new TreeSet<>(freshHashes(replica));
  }

  private Set<KeyIdHash> freshHashes(String replica) {
    @Nullable ReplicaSample sample = samples.get(replica);
    if (sample == null) {
      return Set.of();
    }
    Set<KeyIdHash> fresh = new HashSet<>();
    sample.statusAt().forEach((hash, seen) -> addIfFresh(fresh, hash, seen));
    return fresh;
  }

  private void addIfFresh(Set<KeyIdHash> fresh, KeyIdHash hash, Instant seen) {
    if (!seen.isBefore(at.minus(FRESH))) {
      fresh.add(hash);
    }
  }

  /** The samples of the live replicas, in a fixed order. */
  public Map<String, ReplicaSample> liveSamples() {
    Map<String, ReplicaSample> ordered = new TreeMap<>(samples);
    ordered.keySet().retainAll(live);
    return ordered;
  }
}
