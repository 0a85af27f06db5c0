package dev.rekey.service;

import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Fate;
import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.Pace;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.SecretException;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.Shard;
import dev.rekey.reencryption.Tally;
import dev.rekey.reencryption.Tried;
import dev.rekey.service.port.PatchLane;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thread keeps a shard's share of empty patches in flight and brings each Secret to its end. No
 * Secret waits for another: what must be tried later is set aside until its time has come.
 */
final class ShardRun {
  /**
   * How long answers to what is in flight are awaited after the deadline: an API server cuts a
   * request at about 34 s.
   */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(60);

  /**
   * Answers without an end, in a row and per request in flight, that mean that the API server as a
   * whole is away.
   */
  private static final int BUSY_ROUNDS = 3;

  /** How often it is asked whether it may go on. */
  private static final Duration ASKED_EVERY = Duration.ofSeconds(15);

  private final PatchLane lane;
  private final PassKind kind;
  private final InstantSource time;
  private final BooleanSupplier serverAnswers;
  private final Instant deadline;

  private final Deque<SecretVisit> fresh = new ArrayDeque<>();
  private final PriorityQueue<SecretVisit> later =
      new PriorityQueue<>(Comparator.comparing(SecretVisit::notBefore));
  private final Map<String, SecretVisit> inFlight = new LinkedHashMap<>();
  private final List<SecretException> exceptions = new ArrayList<>();
  private Duration lastAnswers = LAST_ANSWERS;
  private BooleanSupplier mayGoOn = () -> true;
  private @Nullable Instant askedAt;
  private Pace pace;
  private Tally tally = Tally.NONE;
  private int busyInRow;
  private boolean serverIsAway;
  private boolean isCalledOff;

  /**
   * What a run came to.
   *
   * @param suspended whether it ended early because the API server gives no answers, or because it
   *     may not go on
   */
  record Result(Shard shard, boolean suspended) {}

  /**
   * @param serverAnswers whether the API server answers another request; asked when many patches in
   *     a row got no answer
   */
  ShardRun(
      PatchLane lane,
      PassKind kind,
      Pace pace,
      InstantSource time,
      Instant deadline,
      BooleanSupplier serverAnswers) {
    this.serverAnswers = serverAnswers;
    this.lane = lane;
    this.kind = kind;
    this.pace = pace;
    this.time = time;
    this.deadline = deadline;
  }

  /** The same, that waits for answers after the deadline so long at most. */
  ShardRun waitingAtMost(Duration afterDeadline) {
    lastAnswers = afterDeadline;
    return this;
  }

  /** The same, that begins nothing more once this says no; asked every so often. */
  ShardRun goingOnWhile(BooleanSupplier wanted) {
    mayGoOn = wanted;
    return this;
  }

  Result work(Shard shard) {
    askedAt = time.instant();
    tally = shard.tally();
    shard
        .remaining()
        .forEach(
            secret -> fresh.add(new SecretVisit(secret, shard.tried().get(secret.toString()))));
    while (goesOn()) {
      askAgain();
      fill();
      @Nullable Look look = lane.take(lookUntil());
      if (look != null) {
        settle(look);
      }
    }
    Shard worked = shard.worked(remaining(), tried(), tally, exceptions);
    return new Result(worked, isStopped());
  }

  private boolean isStopped() {
    return serverIsAway || isCalledOff;
  }

  private void askAgain() {
    Instant now = time.instant();
    if (!isCalledOff && askedAt != null && !now.isBefore(askedAt.plus(ASKED_EVERY))) {
      askedAt = now;
      isCalledOff = !mayGoOn.getAsBoolean();
    }
  }

  private boolean goesOn() {
    Instant now = time.instant();
    if (!inFlight.isEmpty()) {
      return now.isBefore(deadline.plus(lastAnswers));
    }
    boolean nothingLeft = fresh.isEmpty() && later.isEmpty();
    return !nothingLeft && now.isBefore(deadline) && !isStopped();
  }

  /**
   * Many patches without an answer are either the server's matter, or that of these Secrets alone.
   */
  private void noteBusy() {
    if (++busyInRow >= BUSY_ROUNDS * Math.max(4, pace.share())) {
      busyInRow = 0;
      serverIsAway = !serverAnswers.getAsBoolean();
    }
  }

  private void fill() {
    Instant now = time.instant();
    while (inFlight.size() < pace.limit() && now.isBefore(deadline) && !isStopped()) {
      SecretVisit next = nextReady(now);
      if (next == null) {
        return;
      }
      if (inFlight.putIfAbsent(next.secret().toString(), next) == null) {
        lane.submit(next.secret());
      } else {
        next.waitUntil(now.plusMillis(100)); // the same Secret twice: one look at a time
        later.add(next);
      }
    }
  }

  private @Nullable SecretVisit nextReady(Instant now) {
    SecretVisit due = later.peek();
    if (due != null && !due.notBefore().isAfter(now)) {
      return later.poll();
    }
    SecretVisit next = fresh.poll();
    while (next != null && next.notBefore().isAfter(now)) {
      later.add(next); // a worker before this one was asked to come back later
      next = fresh.poll();
    }
    return next;
  }

  private Instant lookUntil() {
    SecretVisit due = later.peek();
    boolean roomForIt = due != null && inFlight.size() < pace.limit() && fresh.isEmpty();
    Instant end = inFlight.isEmpty() ? deadline : deadline.plus(lastAnswers);
    return roomForIt && due.notBefore().isBefore(end) ? due.notBefore() : end;
  }

  private void settle(Look look) {
    SecretVisit visit = inFlight.remove(look.secret().toString());
    if (visit == null) {
      return;
    }
    pace = pace.after(look.answer(), look.took());
    SecretVisit.Next next = visit.after(look.answer(), kind, time.instant());
    if (look.answer() instanceof PatchAnswer.Busy) {
      noteBusy();
    } else {
      busyInRow = 0;
    }
    if (next == SecretVisit.Next.LOOK_AGAIN) {
      later.add(visit);
    } else {
      end(visit, next);
    }
  }

  private void end(SecretVisit visit, SecretVisit.Next next) {
    Fate fate = next.fate();
    tally = tally.plus(fate, visit.looks(fate));
    if (fate == Fate.EXCEPTION) {
      SecretRef secret = visit.secret();
      ExceptionReason reason = visit.reason();
      exceptions.add(
          new SecretException(secret.namespace(), secret.name(), reason, visit.deniedBy()));
    }
  }

  private List<SecretRef> remaining() {
    return unfinished().map(SecretVisit::listed).toList();
  }

  /** What the next worker must know, unless the server was away: then no Secret is to blame. */
  private Map<String, Tried> tried() {
    Map<String, Tried> known = new TreeMap<>();
    if (!serverIsAway) {
      unfinished()
          .filter(visit -> visit.tried() != null)
          .forEach(visit -> known.put(visit.listed().toString(), visit.tried()));
    }
    return known;
  }

  private Stream<SecretVisit> unfinished() {
    return Stream.of(inFlight.values(), later, fresh).flatMap(Collection::stream);
  }
}
