package dev.rekey.reencryption;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A bounded part of the Secrets of a pass: consecutive ones of one list, so some namespaces or a
 * slice of a large one. It carries its Secrets' names, so that every list of a round ends before
 * the round's first scrape, and a worker that is killed leaves a shard that still knows what
 * remains.
 *
 * @param number its place in the pass, from 0
 * @param remaining the Secrets that have not come to their end
 * @param tried of those, what is remembered of the ones that got no answer yet, by namespace/name
 * @param tally what became of the others
 * @param exceptions of these, the ones that could not be rewritten
 * @param share how many requests it may have in flight
 * @param dispatchedAt when it was last given to a worker; null if it waits for its turn
 * @param heldUntil until when one worker has it for itself, so that a message that comes twice does
 *     not double its requests in flight; null if none has it
 */
public record Shard(
    int number,
    List<SecretRef> remaining,
    Map<String, Tried> tried,
    Tally tally,
    List<SecretException> exceptions,
    int share,
    @Nullable Instant dispatchedAt,
    @Nullable Instant heldUntil) {

  public Shard {
    remaining = List.copyOf(remaining);
    tried = new TreeMap<>(tried);
    exceptions = List.copyOf(exceptions);
  }

  /** A shard of freshly listed Secrets. */
  public static Shard of(int number, List<SecretRef> secrets) {
    Tally tally = Tally.discovered(secrets.size());
    return new Shard(number, secrets, Map.of(), tally, List.of(), 0, null, null);
  }

  /** A shard that stands for a namespace that can't be listed to its end. */
  public static Shard unlistable(int number, String namespace) {
    SecretException all =
        new SecretException(namespace, "*", ExceptionReason.NAMESPACE_UNLISTABLE, null);
    Tally tally = Tally.discovered(1).plus(Fate.EXCEPTION, 0);
    return new Shard(number, List.of(), Map.of(), tally, List.of(all), 0, null, null);
  }

  /** The same shard with these Secrets remaining. */
  public Shard holding(List<SecretRef> secrets) {
    return new Shard(number, secrets, tried, tally, exceptions, share, dispatchedAt, heldUntil);
  }

  /** The same shard with these exceptions. */
  public Shard having(List<SecretException> all) {
    return new Shard(number, remaining, tried, tally, all, share, dispatchedAt, heldUntil);
  }

  /** Without the names of its Secrets: how it stands. */
  public Shard nameless() {
    return holding(List.of()).having(List.of());
  }

  public boolean isDone() {
    return tally.remaining() == 0;
  }

  public Shard dispatched(Instant at, int newShare) {
    return new Shard(number, remaining, tried, tally, exceptions, newShare, at, null);
  }

  /** In the hands of one worker. */
  public Shard held(Instant until) {
    return new Shard(number, remaining, tried, tally, exceptions, share, dispatchedAt, until);
  }

  public boolean isHeldAt(Instant now) {
    return heldUntil != null && now.isBefore(heldUntil);
  }

  /** Takes it back from its worker, so that it can be given out again. */
  public Shard recalled() {
    return new Shard(number, remaining, tried, tally, exceptions, share, null, null);
  }

  /** The shard after some work. */
  public Shard worked(
      List<SecretRef> left,
      Map<String, Tried> unanswered,
      Tally newTally,
      List<SecretException> found) {
    List<SecretException> all = new ArrayList<>(exceptions);
    all.addAll(found);
    return new Shard(number, left, unanswered, newTally, all, share, dispatchedAt, heldUntil);
  }

  /** The shard after some work that left no Secret without an answer. */
  public Shard worked(List<SecretRef> left, Tally newTally, List<SecretException> found) {
    return worked(left, Map.of(), newTally, found);
  }
}
