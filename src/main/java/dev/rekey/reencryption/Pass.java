package dev.rekey.reencryption;

import dev.rekey.key.KeyIdHash;
import java.time.Instant;
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
 * @param scope which Secrets it takes in
 * @param etag ARM's ETag when it began; null where there is no ARM
 * @param exceptionsOf the id of the operation whose exceptions alone it is over; null if it is over
 *     all Secrets
 * @param startedAt when its list began
 * @param shards how many shards it has
 * @param discovered how many Secrets were listed
 * @param writers which key each replica was shown to write with
 * @param before the scrape after the list and before the first patch. Of a list without Secrets the
 *     one that it began after: what was made since is on no list, and only the write of it shows a
 *     server that writes with another key. Null until there is one
 * @param outcome null until it has ended
 */
public record Pass(
    String id,
    String step,
    PassKind kind,
    Scope scope,
    @Nullable KeyIdHash target,
    @Nullable String etag,
    @Nullable String exceptionsOf,
    Instant startedAt,
    Stage stage,
    int shards,
    long discovered,
    Writers writers,
    @Nullable Scrape before,
    @Nullable PassOutcome outcome) {

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

  /** A round over all Secrets. */
  public static Pass begun(
      String id,
      String step,
      PassKind kind,
      @Nullable KeyIdHash target,
      @Nullable String etag,
      Instant at) {
    return begun(id, step, kind, target, etag, null, at);
  }

  /**
   * A round that begins.
   *
   * @param exceptionsOf the operation whose exceptions alone it is over; null for all Secrets
   */
  public static Pass begun(
      String id,
      String step,
      PassKind kind,
      @Nullable KeyIdHash target,
      @Nullable String etag,
      @Nullable String exceptionsOf,
      Instant at) {
    return new Pass(
        id,
        step,
        kind,
        Scope.WHOLE,
        target,
        etag,
        exceptionsOf,
        at,
        Stage.LISTING,
        0,
        0,
        Writers.UNKNOWN,
        null,
        null);
  }

  /** The same round begun anew, with what is known of the write keys, to be listed again. */
  public Pass listedAnew(String newId, @Nullable String newEtag, Instant at) {
    return new Pass(
        newId,
        step,
        kind,
        scope.unlisted(),
        target,
        newEtag,
        exceptionsOf,
        at,
        Stage.LISTING,
        0,
        0,
        writers,
        null,
        null);
  }

  /** An instant that comes after all that was shown or looked for, now or next to now. */
  public Instant afterShown(Instant now) {
    return writers.after(now);
  }

  /** With what an earlier pass has shown of the write keys. */
  public Pass following(Pass earlier) {
    return with(stage, shards, discovered, earlier.writers.carried());
  }

  /** The same round over a part of the Secrets. */
  public Pass over(Scope part) {
    return with(part, target, stage, shards, discovered, writers, before, outcome);
  }

  /** Its list begins after this scrape: without a Secret in it, nothing else says when it began. */
  public Pass listedAfter(Scrape seen) {
    return with(scope, target, stage, shards, discovered, writers, seen, outcome);
  }

  /**
   * Whether each server that lives now was seen before its list began, as the process that it is
   * and with its configuration. No clock decides it.
   */
  public boolean wasListedAfter(Scrape now) {
    return before != null && before.showsServersOf(now);
  }

  public Pass listed(int shardCount, long secrets) {
    return with(Stage.LISTED, shardCount, secrets, writers);
  }

  /**
   * With what a look has shown, after the list has begun whatever the clock says; that rests on no
   * scrape any more.
   */
  public Pass shown(List<WriteShown> more, Instant at) {
    Writers known = writers.with(more, at, startedAt);
    return with(scope, target, stage, shards, discovered, known, null, outcome);
  }

  /** Its patches begin. Without a Secret the scrape is kept that its list began after. */
  public Pass running(Scrape scrape) {
    KeyIdHash known = target == null ? writers.commonKey(scrape.live()).orElse(null) : target;
    Scrape base = discovered == 0 && before != null ? before : scrape;
    return with(scope, known, Stage.RUNNING, shards, discovered, writers, base, outcome);
  }

  public Pass ended(Scrape scrape, Tally sum, ExceptionCounts exceptions) {
    PassVerdict verdict = PassVerdict.of(this, scrape, sum, exceptions.isAnyOfDecryption());
    PassOutcome end = new PassOutcome(scrape, sum, exceptions, verdict);
    return with(scope, target, Stage.ENDED, shards, discovered, writers, before, end);
  }

  private Pass with(Stage newStage, int shardCount, long secrets, Writers newWriters) {
    return with(scope, target, newStage, shardCount, secrets, newWriters, before, outcome);
  }

  private Pass with(
      Scope newScope,
      @Nullable KeyIdHash newTarget,
      Stage newStage,
      int shardCount,
      long secrets,
      Writers newWriters,
      @Nullable Scrape newBefore,
      @Nullable PassOutcome newOutcome) {
    return new Pass(
        id,
        step,
        kind,
        newScope,
        newTarget,
        etag,
        exceptionsOf,
        startedAt,
        newStage,
        shardCount,
        secrets,
        newWriters,
        newBefore,
        newOutcome);
  }

  public boolean hasEnded() {
    return stage == Stage.ENDED;
  }

  public @Nullable PassVerdict verdict() {
    return outcome == null ? null : outcome.verdict();
  }

  public boolean stands() {
    return verdict() == PassVerdict.STANDS;
  }

  /** What became of its Secrets so far, as far as the pass itself knows. */
  public Tally tally() {
    return outcome == null ? Tally.discovered(discovered) : outcome.tally();
  }

  public List<WriteShown> shown() {
    return writers.shown();
  }

  public Writers.Attempts lookedForWriteKeys() {
    return writers.attempts();
  }

  /** How many of its Secrets ended as exceptions, by reason. */
  public ExceptionCounts exceptions() {
    return outcome == null ? ExceptionCounts.NONE : outcome.exceptions();
  }

  /** By how much the counters grew; empty until the pass has ended. */
  public Optional<CounterGrowth> growth() {
    return before == null || outcome == null
        ? Optional.empty()
        : Optional.of(CounterGrowth.between(before, outcome.after()));
  }

  /**
   * Whether each of these replicas was shown to write with the target, or with one and the same key
   * if none is known.
   */
  public boolean allWriteTarget(Set<String> live) {
    Optional<KeyIdHash> common = writers.commonKey(live);
    return common.isPresent() && (target == null || target.equals(common.get()));
  }

  /**
   * The same, and each is still the process that was shown and has written under no other key
   * since. A server that lagged in an earlier round must be shown anew, or its old writes would
   * void every round to come.
   */
  public boolean allWriteTarget(Scrape scrape) {
    return scrape.isComplete()
        && allWriteTarget(scrape.live())
        && writers.areStill(scrape)
        && !writers.anyWroteElse(scrape);
  }

  /**
   * Whether all was shown before its list began. A Secret that was written between a list and the
   * showing, through a replica that lagged, is on no list.
   */
  public boolean wasListedAfterShown(Set<String> live) {
    return writers.allShownBy(live, startedAt);
  }

  /** By how much the counters have grown since its end; empty until then. */
  public Optional<CounterGrowth> growthUntil(Scrape later) {
    return Optional.ofNullable(outcome).map(end -> CounterGrowth.between(end.after(), later));
  }

  /**
   * Whether its exceptions too are proved to lie under the target: nothing was read under another
   * key, and the counters speak for each of them as well as for the others' looks.
   */
  public boolean provesExceptions() {
    return stands() && exceptions().unread() == 0 && new CounterProof(this).speaksForAll();
  }

  /** Whether its counters speak for each look, under whatever key. */
  public boolean isCounted() {
    return new CounterProof(this).isCounted();
  }

  /**
   * Whether the counters bear out what the looks have shown: no more was read under other keys than
   * the looks at exceptions explain. See {@link PassVerdict} for a proof that stands without.
   */
  public boolean isBorneOutByCounters() {
    return new CounterProof(this).bearsOutLooks();
  }
}
