package dev.rekey.reencryption;

/** Who decides how many requests are in flight. */
public enum Pacing {
  /**
   * The answers do: as many as the API server works on at the same time, and a few that wait, so
   * that its other clients stay well. The number that is given is the most that is ever allowed.
   */
  ADAPTIVE,

  /** The person who gave the number does. It goes down only while the API server asks for it. */
  FIXED;

  /** The pace of a shard with this share of the limit. */
  public Pace pace(int share) {
    return this == FIXED ? Pace.fixed(share) : Pace.adaptive(share);
  }
}
