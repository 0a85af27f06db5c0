package dev.rekey.reencryption;

import dev.rekey.key.KeyIdHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One round of empty patches over all Secrets.
 *
 * @param id names it within its operation; shards carry it, so that work of an old round never
 *     counts
 * @param step the step that it serves, by its token
 * @param target the key that all is to lie under; null until it is known
 * @param etag ARM's ETag when it began; null where there is no ARM
 * @param shards how many shards it has
 * @param shown which key each replica was shown to write with
 * @param lookedForWriteKeys how often that was looked for, and when last
 * @param before the scrape after the list and before the first patch
 * @param after the scrape after the last patch
 * @param tally what became of its Secrets
 * @param verdict null until it has ended
 */
public record Pass(
    String id,
    String step,
    PassKind kind,
    @Nullable KeyIdHash target,
    @Nullable String etag,
    Instant startedAt,
    Stage stage,
    int shards,
    List<WriteShown> shown,
    Attempts lookedForWriteKeys,
    @Nullable Scrape before,
    @Nullable Scrape after,
    Tally tally,
    List<SecretException> exceptions,
    @Nullable PassVerdict verdict) {

  /** How far a pass is. */
  public enum Stage {
    /** Its shards are being written; nobody works on them. */
    LISTING,
    /** Its shards are stored. */
    LISTED,
    /** Its first scrape is taken; shards are at work. */
    RUNNING,
    /** Its last scrape is taken. */
    ENDED
  }

  /**
   * How often something was tried.
   *
   * @param last when last; null if never
   */
  public record Attempts(int count, @Nullable Instant last) {
    static final Attempts NONE = new Attempts(0, null);
  }

  public Pass {
    shown = List.copyOf(shown);
    exceptions = List.copyOf(exceptions);
  }

  public static Pass begun(
      String id,
      String step,
      PassKind kind,
      @Nullable KeyIdHash target,
      @Nullable String etag,
      Instant at) {
    return new Pass(
        id,
        step,
        kind,
        target,
        etag,
        at,
        Stage.LISTING,
        0,
        List.of(),
        Attempts.NONE,
        null,
        null,
        Tally.NONE,
        List.of(),
        null);
  }

  public Pass listed(int shardCount, long discovered) {
    return copy(
        target,
        Stage.LISTED,
        shardCount,
        shown,
        lookedForWriteKeys,
        before,
        Tally.discovered(discovered));
  }

  /**
   * Adds what probes have shown; a later claim about a replica takes the place of an earlier one.
   */
  public Pass shown(List<WriteShown> more, Instant at) {
    List<WriteShown> all = new ArrayList<>(shown);
    for (WriteShown one : more) {
      all.removeIf(earlier -> earlier.replica().equals(one.replica()));
      all.add(one);
    }
    Attempts attempts = new Attempts(lookedForWriteKeys.count() + 1, at);
    return copy(target, stage, shards, all, attempts, before, tally);
  }

  public Pass running(Scrape scrape) {
    KeyIdHash known = target == null ? commonWriteKey().orElse(null) : target;
    return copy(known, Stage.RUNNING, shards, shown, lookedForWriteKeys, scrape, tally);
  }

  public Pass ended(Scrape scrape, Tally sum, List<SecretException> found) {
    CounterGrowth growth = before == null ? null : CounterGrowth.between(before, scrape);
    PassVerdict judged =
        growth == null ? PassVerdict.REPLICA_MISSED : PassVerdict.of(kind, target, growth, sum);
    return new Pass(
        id,
        step,
        kind,
        target,
        etag,
        startedAt,
        Stage.ENDED,
        shards,
        shown,
        lookedForWriteKeys,
        before,
        scrape,
        sum,
        found,
        judged);
  }

  private Pass copy(
      @Nullable KeyIdHash newTarget,
      Stage newStage,
      int newShards,
      List<WriteShown> newShown,
      Attempts attempts,
      @Nullable Scrape newBefore,
      Tally newTally) {
    return new Pass(
        id,
        step,
        kind,
        newTarget,
        etag,
        startedAt,
        newStage,
        newShards,
        newShown,
        attempts,
        newBefore,
        after,
        newTally,
        exceptions,
        verdict);
  }

  public boolean hasEnded() {
    return stage == Stage.ENDED;
  }

  public boolean stands() {
    return verdict == PassVerdict.STANDS;
  }

  /** By how much the counters grew; empty until the pass has ended. */
  public Optional<CounterGrowth> growth() {
    return before == null || after == null
        ? Optional.empty()
        : Optional.of(CounterGrowth.between(before, after));
  }

  /** The one key that all replicas were shown to write with; empty if none or several. */
  public Optional<KeyIdHash> commonWriteKey() {
    Set<KeyIdHash> keys = new HashSet<>();
    shown.forEach(one -> keys.add(one.key()));
    return keys.size() == 1 ? keys.stream().findFirst() : Optional.empty();
  }

  /**
   * Whether each of the replicas was shown to write with the target, or with one and the same key
   * if none is known.
   */
  public boolean allWriteTarget(Set<String> live) {
    Set<String> named = new HashSet<>();
    shown.forEach(one -> named.add(one.replica()));
    Optional<KeyIdHash> common = commonWriteKey();
    return named.containsAll(live)
        && common.isPresent()
        && (target == null || target.equals(common.get()));
  }

  /** Whether a replica was shown to write with the target, or with any key while none is known. */
  public boolean isShownToWriteTarget(String replica) {
    return shown.stream()
        .anyMatch(
            one -> one.replica().equals(replica) && (target == null || target.equals(one.key())));
  }

  /**
   * Exceptions that may lie under another key than the target: all of them if anything was read
   * under another key, and always those that could not be read at all.
   */
  public List<SecretException> unprovedExceptions() {
    boolean clean =
        stands()
            && target != null
            && growth().map(growth -> growth.foreignReads(target) == 0).orElse(false);
    return exceptions.stream()
        .filter(exception -> !clean || !exception.reason().wasRead())
        .toList();
  }
}
