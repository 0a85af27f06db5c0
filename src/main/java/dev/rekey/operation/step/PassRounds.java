package dev.rekey.operation.step;

import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.PassVerdict;
import dev.rekey.reencryption.Scope;
import dev.rekey.reencryption.Scrape;
import dev.rekey.reencryption.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings a pass to its end, and begins it anew where its verdict voids it:
 *
 * <ol>
 *   <li>List all Secrets. Never patch before the list has ended: what a list reads would count as a
 *       look.
 *   <li>See which key each API server writes with. Never go on while one writes with another key:
 *       it would move Secrets back, and its own second look would call them unchanged.
 *   <li>Take a scrape, then let shards work, a few at a time.
 *   <li>Take a scrape again and judge. Never take a pass for done because its lists have ended.
 * </ol>
 */
final class PassRounds {
  /** Rounds of one kind in one step before a person must look. */
  private static final int MOST_ROUNDS = 3;

  /** A finished shard sends a message; this is for one that raced with the look before. */
  static final Duration SHARDS_LOOK_AGAIN = Duration.ofSeconds(20);

  private final Limits limits;

  PassRounds(Limits limits) {
    this.limits = limits;
  }

  /** The facts that an open pass is decided on. */
  static Set<FactKind> needs(Operation operation) {
    EnumSet<FactKind> needed = EnumSet.noneOf(FactKind.class);
    if (operation.managed()) {
      needed.add(FactKind.CLUSTER);
    }
    if (operation.progress().passes().stream().anyMatch(PassRounds::mayProbe)) {
      needed.add(FactKind.SCRAPE);
    }
    if (operation.progress().runningPass().isPresent()) {
      needed.add(FactKind.SHARDS);
    }
    return needed;
  }

  /** All but the count of a census and a trial, which write nothing. */
  private static boolean mayProbe(Pass pass) {
    boolean probes = !pass.kind().isDry() || pass.step().equals(StepName.PROVE_CURRENT.token());
    return probes && pass.stage() == Pass.Stage.LISTED;
  }

  /** Begins a new round over all Secrets. */
  Decision begin(Facts facts, StepName step, PassKind kind, @Nullable KeyIdHash target) {
    return begin(facts, step, kind, target, null);
  }

  /**
   * Begins a new round.
   *
   * @param exceptionsOf the operation whose exceptions alone it is over; null for all Secrets
   */
  Decision begin(
      Facts facts,
      StepName step,
      PassKind kind,
      @Nullable KeyIdHash target,
      @Nullable String exceptionsOf) {
    String id = newId(facts, step, kind);
    Pass pass = Pass.begun(id, step.token(), kind, target, etag(facts), exceptionsOf, facts.now());
    Optional<Pass> earlier =
        kind == PassKind.PROOF && target != null
            ? facts.operation().progress().lastShown(target)
            : Optional.empty();
    Pass informed = earlier.map(pass::following).orElse(pass);
    return new Decision.Act(new Effect.ListSecrets(informed), Reason.LISTING);
  }

  /** Begins a count of a part of the Secrets. */
  Decision begin(Facts facts, StepName step, Scope part) {
    String id = newId(facts, step, PassKind.COUNT);
    KeyIdHash target = facts.operation().toHash();
    Pass pass = Pass.begun(id, step.token(), PassKind.COUNT, target, etag(facts), facts.now());
    return new Decision.Act(new Effect.ListSecrets(pass.over(part)), Reason.LISTING);
  }

  /**
   * Lists the Secrets of a round anew, under another id, so that a slow earlier list can't write
   * into its shards.
   */
  private static Decision listAnew(Facts facts, Pass pass) {
    return new Decision.Act(new Effect.ListSecrets(anew(facts, pass)), Reason.LISTING);
  }

  /**
   * @param seen the servers as they are before the list begins
   */
  private static Decision listAnew(Facts facts, Pass pass, Scrape seen) {
    Pass anew = anew(facts, pass).listedAfter(seen);
    return new Decision.Act(new Effect.ListSecrets(anew), Reason.LISTING);
  }

  private static Pass anew(Facts facts, Pass pass) {
    String id = newId(facts, stepOf(pass), pass.kind());
    return pass.listedAnew(id, etag(facts), pass.afterShown(facts.now()));
  }

  private static String newId(Facts facts, StepName step, PassKind kind) {
    int turn = facts.operation().progress().turn();
    return step.token() + "-" + kind.name().toLowerCase(Locale.ROOT) + "-turn-" + turn;
  }

  private static @Nullable String etag(Facts facts) {
    return facts.cluster() == null ? null : facts.cluster().etag();
  }

  /**
   * Goes on with a pass that hasn't ended.
   *
   * @param probe whether it must be shown first which key each replica writes with
   */
  Decision goOn(Facts facts, Pass pass, boolean probe) {
    return switch (pass.stage()) {
      case LISTING -> new Decision.Act(new Effect.ListSecrets(pass), Reason.LISTING);
      case LISTED -> listed(facts, pass, probe);
      case RUNNING -> running(facts, pass);
      case ENDED -> throw new IllegalStateException("pass " + pass.id() + " has ended");
    };
  }

  private Decision listed(Facts facts, Pass pass, boolean probe) {
    if (!probe) {
      return begin(pass);
    }
    return pass.tally().discovered() == 0 ? listedNone(facts, pass) : listedSome(facts, pass);
  }

  private static Decision listedSome(Facts facts, Pass pass) {
    Scrape scrape = facts.requireScrape();
    if (!pass.allWriteTarget(scrape)) {
      return LookForWriteKeys.isListWornOut(pass)
          ? LookForWriteKeys.whenDue(facts, pass, listAnew(facts, pass))
          : LookForWriteKeys.whenDue(facts, pass);
    }
    boolean listIsTooOld =
        pass.kind() != PassKind.WRITE && !pass.wasListedAfterShown(scrape.live());
    return listIsTooOld ? listAnew(facts, pass) : begin(pass);
  }

  /**
   * Without a Secret no server can show what it writes with. One that was left behind writes the
   * first with an older key, so all must at least have loaded the same, and before the list was
   * begun: a Secret that was made since, and before a server had caught up, is not on it.
   */
  private static Decision listedNone(Facts facts, Pass pass) {
    Scrape scrape = facts.requireScrape();
    if (scrape.haveLoadedTheSame()) {
      return pass.wasListedAfter(scrape) ? begin(pass) : listAnew(facts, pass, scrape);
    }
    boolean hasFallenBack = pass.before() != null && scrape.isComplete();
    return hasFallenBack ? LookForWriteKeys.now(pass) : LookForWriteKeys.whenDue(facts, pass);
  }

  private static Decision begin(Pass pass) {
    return new Decision.Act(new Effect.BeginPass(pass.id()), Reason.SCRAPING);
  }

  private Decision running(Facts facts, Pass pass) {
    if (facts.shards().size() < pass.shards()) {
      return listAnew(facts, pass); // a shard that isn't there has not done its work
    }
    List<Shard> open = facts.shards().stream().filter(shard -> !shard.isDone()).toList();
    if (open.isEmpty()) {
      return stopped(facts.operation())
          .map(stop -> afterStop(facts, pass, stop))
          .orElse(new Decision.Act(new Effect.EndPass(pass.id()), Reason.CLOSING_PASS));
    }
    List<Integer> waiting =
        open.stream().filter(shard -> isWaiting(shard, facts.now())).map(Shard::number).toList();
    int atWork = open.size() - waiting.size();
    int free = Math.min(limits.parallelShards() - atWork, waiting.size());
    if (free <= 0) {
      return new Decision.Wait(facts.now().plus(SHARDS_LOOK_AGAIN), Reason.SHARDS_AT_WORK);
    }
    int share = limits.share(Math.min(limits.parallelShards(), open.size()));
    return new Decision.Act(
        new Effect.Dispatch(pass.id(), waiting.subList(0, free), share), Reason.DISPATCHING);
  }

  /** That the operation was stopped when this pass was to be ended: its sums don't hold (S3). */
  private static Optional<Pending> stopped(Operation operation) {
    return Optional.ofNullable(operation.progress().pending())
        .filter(pending -> pending.reason() == Reason.PROMISE_BROKEN);
  }

  /**
   * The same sums would stop it again, for ever, and nothing of them may count: the round is begun
   * anew. Not before its time: a late worker wakes the operation too.
   */
  private static Decision afterStop(Facts facts, Pass pass, Pending stop) {
    Instant stoppedAt = stop.nextLook().minus(Decision.Stall.LOOK_AGAIN);
    boolean isDue =
        !facts.now().isBefore(stop.nextLook())
            || facts.operation().progress().isRetriedSince(stoppedAt);
    return isDue
        ? listAnew(facts, pass)
        : new Decision.Stall(Reason.PROMISE_BROKEN, String.valueOf(stop.detail()));
  }

  private static boolean isWaiting(Shard shard, Instant now) {
    Instant dispatched = shard.dispatchedAt();
    return dispatched == null || now.isAfter(dispatched.plus(Limits.LOST_AFTER));
  }

  /** What a voided pass leads to: another round, or a person. */
  Decision again(Facts facts, Pass ended, @Nullable KeyIdHash target) {
    StepName step = stepOf(ended);
    boolean fewSoFar = facts.operation().progress().passes(step, ended.kind()) < MOST_ROUNDS;
    if (fewSoFar || isLongAgo(facts, ended)) {
      return begin(facts, step, ended.kind(), target);
    }
    return new Decision.Stall(stallReason(ended.verdict()), String.valueOf(target));
  }

  /** Whether what stalled an operation is worth another look: once an hour, and when asked to. */
  static boolean isLongAgo(Facts facts, Pass ended) {
    return facts.now().isAfter(ended.startedAt().plus(Decision.Stall.LOOK_AGAIN))
        || facts.operation().progress().isRetriedSince(ended.startedAt());
  }

  private static Reason stallReason(@Nullable PassVerdict verdict) {
    if (verdict == PassVerdict.FOREIGN_READS || verdict == PassVerdict.FOREIGN_WRITES) {
      return Reason.STILL_FOREIGN_READS;
    }
    return Reason.COUNTERS_INTERRUPTED;
  }

  private static StepName stepOf(Pass pass) {
    return Arrays.stream(StepName.values())
        .filter(name -> name.token().equals(pass.step()))
        .findFirst()
        .orElseThrow();
  }
}
