package dev.rekey.operation;

import org.jspecify.annotations.Nullable;

/**
 * Where an operation comes from.
 *
 * @param trigger what started it
 * @param actor who: a person's or an application's name
 * @param reason why, as it was given
 * @param requestKey what a caller who may repeat the request knows it by; null where nobody repeats
 * @param retryOf the operation whose exceptions are to be looked at again, and no other Secret
 *     written unless the proof finds it stale; null for all Secrets
 * @param asksFirst whether the cluster's mode wants a person to approve the plan before anything is
 *     changed, besides what the operation's kind asks for anyway
 */
public record Origin(
    Trigger trigger,
    String actor,
    String reason,
    @Nullable String requestKey,
    @Nullable String retryOf,
    boolean asksFirst) {

  public Origin(Trigger trigger, String actor, String reason) {
    this(trigger, actor, reason, null, null, false);
  }

  public Origin(Trigger trigger, String actor, String reason, @Nullable String requestKey) {
    this(trigger, actor, reason, requestKey, null, false);
  }

  /** The same person's wish, about another operation's exceptions alone. */
  public Origin toRetry(String operationId) {
    return new Origin(trigger, actor, reason, requestKey, operationId, asksFirst);
  }

  /** The same, of a cluster whose mode wants the plan approved. */
  public Origin askingFirst() {
    return new Origin(trigger, actor, reason, requestKey, retryOf, true);
  }

  /** Whether somebody asked for the operation, and so for the key version that it leads to. */
  public boolean isOfAPerson() {
    return trigger == Trigger.HTTP || trigger == Trigger.COMMAND_LINE;
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
