package dev.rekey.simulation.cluster.refusal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request that an API server refuses. Cheap to throw: whole passes are refused one Secret at a
 * time.
 *
 * @see Refusals the texts
 */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final Cause kind;
  private final @Nullable String secret;
  private final @Nullable String by;
  private final @Nullable String detail;
  private final @Nullable String freshContinue;
  private final @Nullable String stoppedAt;

  private Refusal(
      Cause kind,
      String message,
      @Nullable String secret,
      @Nullable String by,
      @Nullable String detail,
      @Nullable String freshContinue,
      @Nullable String stoppedAt) {
    super(message, null, false, false);
    this.kind = kind;
    this.secret = secret;
    this.by = by;
    this.detail = detail;
    this.freshContinue = freshContinue;
    this.stoppedAt = stoppedAt;
  }

  Refusal(Cause kind, String message) {
    this(kind, message, null, null, null, null, null);
  }

  Refusal about(String secretName) {
    return new Refusal(kind, text(), secretName, by, detail, freshContinue, stoppedAt);
  }

  Refusal by(String name) {
    return new Refusal(kind, text(), secret, name, detail, freshContinue, stoppedAt);
  }

  Refusal because(String text) {
    return new Refusal(kind, text(), secret, by, text, freshContinue, stoppedAt);
  }

  Refusal goOnAt(String token) {
    return new Refusal(kind, text(), secret, by, detail, token, stoppedAt);
  }

  Refusal stoppedAt(String path) {
    return new Refusal(kind, text(), secret, by, detail, freshContinue, path);
  }

  public Cause kind() {
    return kind;
  }

  /** The message of the Status object. */
  public String text() {
    return String.valueOf(getMessage());
  }

  /** The name of the Secret that it is about; null if it isn't about one. */
  public @Nullable String secret() {
    return secret;
  }

  /** The policy or webhook that denied; null if none did. */
  public @Nullable String by() {
    return by;
  }

  /** The message of the Status object's one cause; null if it has none. */
  public @Nullable String detail() {
    return detail;
  }

  /** For an expired continue token: one that goes on from a newer state. */
  public @Nullable String freshContinue() {
    return freshContinue;
  }

  /** The key of the Secret that a list can't be read past; null if it isn't about a list. */
  public @Nullable String stoppedAt() {
    return stoppedAt;
  }

  /** How long the caller is asked to wait; null if it isn't. */
  public @Nullable Duration retryAfter() {
    return kind.code() == 429 ? Duration.ofSeconds(1) : null;
  }
}
