package dev.rekey.reencryption;

/** Why a request got no final answer. */
public enum BusyCause {
  /** 429 from API Priority and Fairness or another limit: a sign of load. */
  THROTTLED(true, true),
  /** 429 that says that storage is re-initialising: not load, so it does not move the pacing. */
  STORAGE_REINITIALISING(false, true),
  /** 503, 504, or a 500 without a known cause. */
  UNAVAILABLE(true, false),
  /** No answer in time. Whether the patch took effect isn't known. */
  TIMED_OUT(true, false),
  /** The connection was refused or broke. Whether the patch took effect isn't known. */
  CONNECTION_LOST(false, false);

  private final boolean load;
  private final boolean putOff;

  BusyCause(boolean load, boolean putOff) {
    this.load = load;
    this.putOff = putOff;
  }

  /** Whether it speaks of load, so that fewer requests should be in flight. */
  public boolean isLoad() {
    return load;
  }

  /**
   * Whether the server put the request off before it looked at the Secret: that is no failed try,
   * and says nothing about this Secret.
   */
  public boolean isPutOff() {
    return putOff;
  }
}
