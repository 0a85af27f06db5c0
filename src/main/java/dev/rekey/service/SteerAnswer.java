package dev.rekey.service;

import dev.rekey.operation.Operation;
import org.jspecify.annotations.Nullable;

/** What became of an order to an operation. */
public sealed interface SteerAnswer {

  /** It is so now, by this order or by an earlier one. */
  record Accepted(Operation operation) implements SteerAnswer {}

  /**
   * Nothing was done.
   *
   * @param operation as it is; null if there is none
   */
  record Declined(Cause cause, @Nullable Operation operation) implements SteerAnswer {}

  /** Why nothing was done. */
  enum Cause {
    UNKNOWN_OPERATION(
        "unknown-operation",
        "there is no operation with this id",
        "take the id from Location, or from the operation that GET /api/clusters shows"),
    OPERATION_ENDED(
        "operation-ended", "the operation has ended", "see how it ended with GET /api/operations"),
    NO_APPROVAL_NEEDED(
        "no-approval-needed",
        "operations of this kind go on without approval",
        "nothing needs doing"),
    OTHER_PLAN(
        "other-plan",
        "the operation's plan is another one than the approval names",
        "look at the operation again and approve the plan that it shows now"),
    CHANGED_ALREADY(
        "changed-already",
        "something may have been changed, so that the safe end lies ahead",
        "let it go on to its end; pause it if it must not go on now");

    private final String token;
    private final String sentence;
    private final String remedy;

    Cause(String token, String sentence, String remedy) {
      this.token = token;
      this.sentence = sentence;
      this.remedy = remedy;
    }

    public String token() {
      return token;
    }

    public String sentence() {
      return sentence;
    }

    public String remedy() {
      return remedy;
    }
  }
}
