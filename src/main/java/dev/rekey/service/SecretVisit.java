package dev.rekey.service;

import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Fate;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.Tried;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What has happened to one Secret in one run of its shard, and what comes next for it. */
final class SecretVisit {
  /** Tries without an answer before it counts as unreachable, while others get theirs. */
  private static final int MOST_TRIES = 10;

  /**
   * How long the server may put off looks at it before it counts as unreachable. A long throttling
   * makes no exceptions of healthy Secrets, and no operation waits for ever.
   */
  private static final Duration LONGEST_PUT_OFF = Duration.ofHours(1);

  /** How long it may name before the next of these tries: all of them end within the same time. */
  private static final Duration LONGEST_ASKED = LONGEST_PUT_OFF.dividedBy(MOST_TRIES);

  /** Looks that each find it moved before it counts as unsettled. */
  private static final int MOST_MOVES = 4;

  /**
   * Looks at one that can't be decrypted or may not be patched: the first may have met a replica
   * that was just restarting, and hasn't reached its key or read anybody's rights yet.
   */
  private static final int MOST_AT_A_RESTART = 3;

  /**
   * Looks at one that can't be decrypted where any server that can will do: of three servers, two
   * of which have restarted, twenty looks in a row miss the third with one in 3,300 Secrets.
   */
  private static final int MOST_IN_A_RESCUE = 20;

  private static final Backoff PAUSES = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30));

  /** What comes next for a Secret. */
  enum Next {
    REWRITTEN(Fate.REWRITTEN),
    CURRENT(Fate.CURRENT),
    DELETED(Fate.DELETED),
    EXCEPTION(Fate.EXCEPTION),
    LOOK_AGAIN(null);

    private final @Nullable Fate fate;

    Next(@Nullable Fate fate) {
      this.fate = fate;
    }

    Fate fate() {
      return Objects.requireNonNull(fate);
    }
  }

  private final SecretRef listed;
  private SecretRef secret;
  private Instant notBefore = Instant.EPOCH;
  private int answered;
  private int unanswered;
  private int putOff;
  private @Nullable Instant putOffSince;
  private int moves;
  private int atARestart;
  private @Nullable ExceptionReason reason;
  private @Nullable String deniedBy;

  SecretVisit(SecretRef listed, @Nullable Tried before) {
    this.listed = listed;
    this.secret = listed;
    if (before != null) {
      unanswered = before.times();
      putOffSince = before.putOffSince();
      notBefore = inTime(before.notBefore(), putOffSince);
    }
  }

  Next after(PatchAnswer answer, PassKind kind, Instant now) {
    if (answer instanceof PatchAnswer.Patched patched) {
      answered++;
      return patched(patched, kind, now);
    }
    if (answer instanceof PatchAnswer.Refused refused) {
      return refused(refused, kind, now);
    }
    if (answer instanceof PatchAnswer.Busy busy) {
      return busy(busy, now);
    }
    return Next.DELETED;
  }

  private Next patched(PatchAnswer.Patched patched, PassKind kind, Instant now) {
    boolean moved = secret.isMovedBy(patched.resourceVersion());
    if (kind != PassKind.PROOF) {
      return moved && kind.rewrites() ? Next.REWRITTEN : Next.CURRENT;
    }
    if (!moved) {
      return Next.CURRENT;
    }
    if (++moves >= MOST_MOVES) {
      return exception(ExceptionReason.UNSETTLED, null);
    }
    secret = secret.at(patched.resourceVersion());
    notBefore = now;
    return Next.LOOK_AGAIN;
  }

  private Next refused(PatchAnswer.Refused refused, PassKind kind, Instant now) {
    if (kind == PassKind.COUNT && refused.reason().wasRead()) {
      answered++; // admission denied it after it was read, so the counters hold it all the same
      return Next.CURRENT;
    }
    unanswered++;
    boolean restartTells =
        refused.reason() == ExceptionReason.UNDECRYPTABLE
            || refused.reason() == ExceptionReason.FORBIDDEN;
    int most = kind == PassKind.RESCUE ? MOST_IN_A_RESCUE : MOST_AT_A_RESTART;
    if (restartTells && ++atARestart < most) {
      notBefore = now.plusSeconds(2);
      return Next.LOOK_AGAIN;
    }
    return exception(refused.reason(), refused.by());
  }

  private Next busy(PatchAnswer.Busy busy, Instant now) {
    return busy.cause().isPutOff() ? putOff(busy, now) : unanswered(busy, now);
  }

  private Next putOff(PatchAnswer.Busy busy, Instant now) {
    if (putOffSince == null) {
      putOffSince = now;
    }
    if (!now.isBefore(lastPutOff(putOffSince))) {
      return exception(ExceptionReason.UNREACHABLE, null);
    }
    Duration left = Duration.between(now, lastPutOff(putOffSince));
    notBefore = now.plus(PAUSES.after(++putOff, busy.retryAfter(), left));
    return Next.LOOK_AGAIN;
  }

  private Next unanswered(PatchAnswer.Busy busy, Instant now) {
    if (++unanswered >= MOST_TRIES) {
      return exception(ExceptionReason.UNREACHABLE, null);
    }
    notBefore = now.plus(PAUSES.after(unanswered, busy.retryAfter(), LONGEST_ASKED));
    return Next.LOOK_AGAIN;
  }

  /** A release that took every wait as it was named may have stored one of years. */
  private static Instant inTime(Instant next, @Nullable Instant since) {
    return since != null && next.isAfter(lastPutOff(since)) ? lastPutOff(since) : next;
  }

  private static Instant lastPutOff(Instant since) {
    return since.plus(LONGEST_PUT_OFF);
  }

  private Next exception(ExceptionReason why, @Nullable String by) {
    reason = why;
    deniedBy = by;
    return Next.EXCEPTION;
  }

  /** The Secret as it is to be looked at next. */
  SecretRef secret() {
    return secret;
  }

  /** The Secret as it was listed. */
  SecretRef listed() {
    return listed;
  }

  /** What the next worker must know; null if nothing has happened yet. */
  @Nullable Tried tried() {
    boolean nothing = unanswered == 0 && putOffSince == null;
    return nothing ? null : new Tried(unanswered, notBefore, putOffSince);
  }

  /** Sets it aside while another request for the same Secret is in flight. */
  void waitUntil(Instant instant) {
    notBefore = instant;
  }

  Instant notBefore() {
    return notBefore;
  }

  ExceptionReason reason() {
    return Objects.requireNonNull(reason);
  }

  @Nullable String deniedBy() {
    return deniedBy;
  }

  /** Certain reads for a Secret that came through; possible reads for an exception. */
  int looks(Fate fate) {
    return fate == Fate.EXCEPTION ? answered + unanswered : answered;
  }
}
