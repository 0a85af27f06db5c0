package dev.rekey.simulation.fault;

/**
 * The instance died in the middle of its work. An error, since nothing in the engine may catch it;
 * the host that runs the instance does.
 */
public final class Killed extends Error {
  private static final long serialVersionUID = 1L;

  Killed() {
    super("killed", null, false, false);
  }
}
