package dev.rekey.simulation.cluster.encryption;

/**
 * A stored value can't be read, or a new one can't be written. The message is the real API
 * server's.
 */
public final class TransformFailure extends Exception {
  private static final long serialVersionUID = 1L;

  TransformFailure(String message) {
    super(message, null, false, false);
  }

  /** The text; never null. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
