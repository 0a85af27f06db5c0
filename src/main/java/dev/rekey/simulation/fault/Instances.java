package dev.rekey.simulation.fault;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The instances of the function app that are at work: one, and for as long as a second one gets the
 * same message, that one. A dead instance makes no call any more, however its code unwinds.
 */
public final class Instances {
  private final Deque<Instance> atWork = new ArrayDeque<>();

  private static final class Instance {
    private final Runnable again;
    private boolean dead;

    private Instance(Runnable again) {
      this.again = again;
    }
  }

  /**
   * Lets an instance work.
   *
   * @param again lets another instance work on the same message
   * @throws Killed if it died of it
   */
  public void work(Runnable work, Runnable again) {
    atWork.push(new Instance(again));
    try {
      work.run();
    } finally {
      atWork.pop();
    }
  }

  void checkAlive() {
    if (!atWork.isEmpty() && atWork.peek().dead) {
      throw new Killed();
    }
  }

  Killed kill() {
    if (!atWork.isEmpty()) {
      atWork.peek().dead = true;
    }
    return new Killed();
  }

  /** The second instance itself meets no third. */
  void deliverAgain() {
    if (atWork.size() == 1) {
      atWork.peek().again.run();
    }
  }
}
