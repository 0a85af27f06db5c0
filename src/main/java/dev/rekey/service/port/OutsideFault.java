package dev.rekey.service.port;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call to the outside that gave no usable answer. Adapters classify in one place and throw only
 * this. The message is ours: it names the thing, what was expected and the remedy, and never quotes
 * what the other side sent.
 */
public final class OutsideFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What the fault means for the caller. */
  public enum Kind {
    /**
     * No connection, connection broken, name not found, TLS refused. The effect of a change is
     * unknown.
     */
    UNREACHABLE,
    /** No answer in time. The effect of a change is unknown. */
    TIMED_OUT,
    /** 429, 503, 504: come back later. */
    BUSY,
    /** 5xx without a known cause. The effect of a change is unknown. */
    BROKEN,
    /** 401: the credential isn't accepted. */
    UNAUTHENTICATED,
    /** 403: the identity lacks a right; the message names it. */
    FORBIDDEN,
    /** 404. */
    NOT_FOUND,
    /** 409: another change is under way. */
    CONFLICT,
    /** 412: it has changed since it was read. */
    CHANGED_MEANWHILE,
    /**
     * 410: the list's continue token has expired; {@link #freshContinue()} may go on from there.
     */
    EXPIRED_CONTINUE,
    /** A stored object in the list can't be decrypted. */
    UNDECRYPTABLE,
    /** 400, 415, 422 and the like: the request itself is refused. */
    REJECTED,
    /** The answer can't be understood. */
    MALFORMED
  }

  private final OutsideSystem system;
  private final Kind kind;
  private final @Nullable Duration retryAfter;
  private final @Nullable String freshContinue;

  public OutsideFault(OutsideSystem system, Kind kind, String message) {
    this(system, kind, message, null, null);
  }

  public OutsideFault(
      OutsideSystem system,
      Kind kind,
      String message,
      @Nullable Duration retryAfter,
      @Nullable String freshContinue) {
    super(message);
    this.system = system;
    this.kind = kind;
    this.retryAfter = retryAfter;
    this.freshContinue = freshContinue;
  }

  /** System and kind as one stable token, such as {@code VAULT/FORBIDDEN}: alerts match it. */
  public String token() {
    return system + "/" + kind;
  }

  /** Whether a person must grant something: trying again changes nothing. */
  public boolean isMissingRight() {
    return kind == Kind.FORBIDDEN || kind == Kind.UNAUTHENTICATED;
  }

  /** Whether a change was refused before anything was done, so that it has no effect. */
  public boolean isNotTaken() {
    return switch (kind) {
      case CHANGED_MEANWHILE, CONFLICT, FORBIDDEN, UNAUTHENTICATED -> true;
      default -> false;
    };
  }

  public OutsideSystem system() {
    return system;
  }

  public Kind kind() {
    return kind;
  }

  /** How long the other side asks to wait; null if it did not say. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /**
   * For {@link Kind#EXPIRED_CONTINUE}: a token that goes on, though from a newer state; null if
   * there is none.
   */
  public @Nullable String freshContinue() {
    return freshContinue;
  }
}
