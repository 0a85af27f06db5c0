package dev.rekey.app.functions;

/**
 * A queue message that can't be read. The call fails on purpose: the host delivers the message some
 * times more and then keeps it in the poison queue, where the timer counts it and a person can look
 * at it. Dropping it would lose what a newer release wrote.
 */
public final class UnreadableMessage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * One message.
   *
   * @param reason a stable token; nothing of the message is quoted
   */
  public UnreadableMessage(String reason) {
    super(
        "a queue message can't be read ("
            + reason
            + "); expected: one that this release of Rekey or Event Grid wrote; it ends in the"
            + " poison queue, where it can be looked at and put back or deleted");
  }
}
