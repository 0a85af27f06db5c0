package dev.rekey.aks;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
interface Waiting {
  /** Sleeps. */
  Waiting SLEEP = time -> Thread.sleep(time.toMillis());

  void pass(Duration time) throws InterruptedException;
}
