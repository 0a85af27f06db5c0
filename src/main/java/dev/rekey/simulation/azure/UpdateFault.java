package dev.rekey.simulation.azure;

/** What can go wrong with an update of a cluster. */
public enum UpdateFault {
  /** The request never arrives; the caller sees a time-out. */
  LOST_REQUEST,
  /** The request takes effect; the caller sees a time-out. */
  LOST_REPLY,
  /** Accepted, then failed before any API server changed; ARM shows the key so far. */
  FAILS_BEFORE_MOVE,
  /** Accepted, then failed though all API servers write the new key; ARM shows the new key. */
  FAILS_AFTER_MOVE,
  /** The same, and ARM shows the key so far: the write key has moved and nobody says so. */
  FAILS_AFTER_MOVE_UNSEEN
}
