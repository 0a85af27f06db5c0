package dev.rekey.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an operation ended.
 *
 * @param detail which thing it is about, for people; null where the reason says all
 * @param seen the facts that a refusal rests on, as one text: it is tried again only when they have
 *     changed
 */
public record Ending(
    Outcome outcome, Reason reason, @Nullable String detail, @Nullable String seen, Instant at) {

  /** The outcomes of an operation. */
  public enum Outcome {
    COMPLETED("completed"),
    REFUSED("refused"),
    /**
     * A person has ended it before anything was changed, or for another that takes its place; or it
     * was superseded, or waited for an approval until somebody else had changed the cluster.
     */
    CANCELLED("cancelled");

    private final String token;

    Outcome(String token) {
      this.token = token;
    }

    public String token() {
      return token;
    }
  }
}
