package dev.rekey.simulation.key;

/** The vault does not carry out a key operation. */
public final class KeyRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why the vault refuses. */
  public enum Reason {
    DISABLED,
    EXPIRED,
    NOT_YET_VALID,
    /** There is no such key version, or the bytes to unwrap are not its own. */
    NOT_FOUND,
    FORBIDDEN,
    UNREACHABLE
  }

  private final Reason reason;

  public KeyRefused(Reason reason) {
    // Without a stack trace: a server that can't use its key asks again every ten seconds.
    super("the vault refuses a key operation: " + reason, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
