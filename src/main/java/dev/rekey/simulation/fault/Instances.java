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
    private final Runnable everything;
    private boolean dead;

    private Instance(Runnable again, Runnable everything) {
      this.again = again;
      this.everything = everything;
    }
  }

  /**
   * Lets an instance work.
   *
   * @param again lets another instance work on the same message
   * @param everything lets others work on everything that was delivered so far
   * @throws Killed if it died of it
   */
  public void work(Runnable work, Runnable again, Runnable everything) {
    atWork.push(new Instance(again, everything));
    try {
      work.run();
    } finally {
      atWork.pop();
    }
  }

  /** Whether one works while another waits for the answer to a call. */
  public boolean areSeveral() {
    return atWork.size() > 1;
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

  /** The same with every message so far. */
  void deliverEverythingAgain() {
    if (atWork.size() == 1) {
      atWork.peek().everything.run();
    }
  }
}
