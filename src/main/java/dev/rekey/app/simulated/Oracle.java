package dev.rekey.app.simulated;

import dev.rekey.simulation.fault.OutsideCalls;

/**
 * Watches over some of the promises (design, section "Promises"). It looks at what lies in etcd, in
 * the vault and at ARM, and at the records as they are stored; it asks no part of the engine what
 * to think of them.
 */
interface Oracle {
  /** Before a call is made, and so after the one before it has had its effect. */
  default void beforeCall(OutsideCalls.Observed observed) {}

  /** After a message or a tick has been dealt with. */
  default void afterStep() {}

  /** When nothing more will happen. */
  default void atTheEnd() {}
}
