package dev.rekey.simulation.host;

import dev.rekey.key.KeyEvent;
import java.time.Duration;

/** Event Grid, as a vault sees it: what it is given arrives some time later, more or less. */
@FunctionalInterface
public interface EventGrid {

  /** Takes an event for the queue of events. */
  void deliver(KeyEvent event, Duration late);
}
