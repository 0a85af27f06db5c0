package dev.rekey.cli;

import dev.rekey.operation.Operation;

/** Says how to go on when somebody types Ctrl-C while an operation is under way. */
final class OnInterrupt {
  private OnInterrupt() {}

  /** What takes long. */
  interface Run {
    Operation toItsEnd() throws InterruptedException;
  }

  static Operation sayHowToGoOn(Run run) throws InterruptedException {
    Thread hook = new Thread(OnInterrupt::say, "rekey-interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return run.toItsEnd();
    } finally {
      remove(hook);
    }
  }

  private static void say() {
    System.err.println("rekey: interrupted; type the same command again to go on where it is");
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException endingAlready) {
      // The hook runs, and says so.
    }
  }
}
