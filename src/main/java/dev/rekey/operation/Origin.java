package dev.rekey.operation;

/**
 * Where an operation comes from.
 *
 * @param trigger what started it
 * @param actor who: a person's or an application's name
 * @param reason why, as it was given
 */
public record Origin(Trigger trigger, String actor, String reason) {

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
