package dev.rekey.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person has said to an operation since it began.
 *
 * @param actor who: a person's or an application's name
 * @param reason why, in their words
 * @param requestKey the same key again is the same order again; null where nobody repeats
 * @param planHash which plan is approved; null for other actions
 */
public record Order(
    Action action,
    String actor,
    String reason,
    Instant at,
    @Nullable String requestKey,
    @Nullable String planHash) {

  /** What can be said. */
  public enum Action {
    /** What the plan says may be done. */
    APPROVE("approve"),
    /** Nothing more is begun until it is resumed. */
    PAUSE("pause"),
    RESUME("resume"),
    /** What it has stalled on is to be looked at again now. */
    RETRY("retry"),
    /** It is to end where nothing has been changed yet. */
    CANCEL("cancel");

    private final String token;

    Action(String token) {
      this.token = token;
    }

    public String token() {
      return token;
    }
  }
}
