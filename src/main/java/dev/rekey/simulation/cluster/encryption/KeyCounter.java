package dev.rekey.simulation.cluster.encryption;

import java.time.Instant;

/**
 * What an API server's metrics tell of one key id: values read, values written and when, and when
 * its plugin last reported it. Each is absent, as in real metrics, until it first happened.
 */
public final class KeyCounter {
  /** Stands for: not yet. */
  public static final Instant NEVER = Instant.EPOCH;

  private long reads;
  private long writes;
  private Instant lastRead = NEVER;
  private Instant lastWrite = NEVER;
  private Instant lastStatus = NEVER;

  void read(Instant now) {
    reads++;
    lastRead = now;
  }

  void written(Instant now) {
    writes++;
    lastWrite = now;
  }

  void reported(Instant now) {
    lastStatus = now;
  }

  public long reads() {
    return reads;
  }

  public long writes() {
    return writes;
  }

  /** {@link #NEVER} if it was never read. */
  public Instant lastRead() {
    return lastRead;
  }

  /** {@link #NEVER} if it was never written. */
  public Instant lastWrite() {
    return lastWrite;
  }

  /** {@link #NEVER} if the plugin never reported it. */
  public Instant lastStatus() {
    return lastStatus;
  }
}
