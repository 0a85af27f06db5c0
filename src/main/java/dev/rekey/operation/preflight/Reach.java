package dev.rekey.operation.preflight;

/**
 * Whom Rekey reaches from where it runs. A refusal for a missing right is an answer too.
 *
 * @param arm Azure Resource Manager
 * @param vault the vault that must serve
 * @param apiServer the cluster's API server
 */
public record Reach(Contact arm, Contact vault, Contact apiServer) {

  /**
   * How it went with one of them.
   *
   * @param sentence what happened, in our own words
   */
  public record Contact(State state, String sentence) {

    public static final Contact ANSWERED = new Contact(State.ANSWERED, "it answers");
    public static final Contact NOT_TRIED = new Contact(State.NOT_TRIED, "nobody asked it");

    public static Contact silent(String sentence) {
      return new Contact(State.SILENT, sentence);
    }
  }

  /** Whether an answer came. */
  public enum State {
    ANSWERED,
    /** It answered, and refused what Rekey asked. */
    REFUSED,
    SILENT,
    /** It answered, but not with what an operation needs. */
    UNUSABLE,
    NOT_TRIED
  }
}
