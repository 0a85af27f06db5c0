package dev.rekey.testbed;

/** How a changed encryption configuration gets into an API server. */
public enum Loading {
  /** The replica is restarted: about 3 s. */
  RESTART,
  /** The replica notices the changed file by itself: up to a minute. */
  RELOAD
}
