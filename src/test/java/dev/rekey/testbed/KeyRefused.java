package dev.rekey.testbed;

/** The vault has answered that it won't use a key: disabled, expired, gone, or not allowed. */
public final class KeyRefused extends Exception {
  private static final long serialVersionUID = 1L;

  public KeyRefused(String message) {
    super(message);
  }
}
