package dev.rekey.testbed.functionshost.worker;

/** What the app threw; the message is that of the root cause, as the worker reports it. */
public final class FunctionFailed extends RuntimeException {

  FunctionFailed(Throwable cause) {
    super(messageOf(cause), cause);
  }

  static String messageOf(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
