package dev.rekey.reencryption;

/** Why a request got no final answer. */
public enum BusyCause {
  /** 429 from API Priority and Fairness or another limit: a sign of load. */
  THROTTLED(true),
  /** 429 that says that storage is re-initialising: not load, so it does not move the pacing. */
  STORAGE_REINITIALISING(false),
  /** 503, 504, or a 500 without a known cause. */
  UNAVAILABLE(true),
  /** No answer in time. Whether the patch took effect isn't known. */
  TIMED_OUT(true),
  /** The connection was refused or broke. Whether the patch took effect isn't known. */
  CONNECTION_LOST(false);

  private final boolean load;

  BusyCause(boolean load) {
    this.load = load;
  }

  /** Whether it speaks of load, so that fewer requests should be in flight. */
  public boolean isLoad() {
    return load;
  }
}
