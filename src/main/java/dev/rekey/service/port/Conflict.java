package dev.rekey.service.port;

/**
 * The stored state isn't the one that the change was made from: someone else was faster. Nothing
 * was stored.
 */
public final class Conflict extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Conflict(String message) {
    super(message);
  }
}
