package dev.rekey.simulation.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What the clock of a machine shows, which can be wrong for a while. */
public final class HostClock implements InstantSource {
  private final VirtualTime time;
  private Duration ahead = Duration.ZERO;

  /** A clock that shows the true time. */
  public HostClock(VirtualTime time) {
    this.time = time;
  }

  @Override
  public Instant instant() {
    return time.instant().plus(ahead);
  }

  /**
   * The clock jumps.
   *
   * @param by how far it is then ahead of the true time; negative for behind
   */
  public void show(Duration by) {
    ahead = by;
  }
}
