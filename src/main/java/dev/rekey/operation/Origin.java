package dev.rekey.operation;

import org.jspecify.annotations.Nullable;

/**
 * Where an operation comes from.
 *
 * @param trigger what started it
 * @param actor who: a person's or an application's name
 * @param reason why, as it was given
 * @param requestKey what a caller who may repeat the request knows it by; null where nobody repeats
 */
public record Origin(Trigger trigger, String actor, String reason, @Nullable String requestKey) {

  public Origin(Trigger trigger, String actor, String reason) {
    this(trigger, actor, reason, null);
  }

  /** What started an operation. */
  public enum Trigger {
    EVENT("event"),
    TIMER("timer"),
    HTTP("http"),
    COMMAND_LINE("command-line");

    private final String token;

    Trigger(String token) {
      this.token = token;
    }

    public String token() {
      return token;
    }
  }
}
