package dev.rekey.app.simulated.fleet;

import dev.rekey.fleet.OpenAlerts;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Operation;
import dev.rekey.simulation.fault.OutsideCalls;

/**
 * Watches over some of the promises (design, section "Promises") through a year. It looks at what
 * lies in etcd, in the vault and at ARM, and at what is stored; it asks no part of the engine what
 * to think of it.
 */
interface Judge {
  /** Before a call of the engine is made, and so after the one before it has had its effect. */
  default void beforeCall(OutsideCalls.Observed observed) {}

  /** After a message or a tick has been dealt with, and before somebody else does something. */
  default void weAreDone() {}

  /** After somebody else has done something. */
  default void othersAreDone() {}

  /** These are the alerts of a cluster now. */
  default void alerted(ClusterName cluster, OpenAlerts alerts) {}

  /** An operation has begun. */
  default void begun(Operation operation) {}

  /** It has gone on. */
  default void saved(Operation operation) {}

  /** It has ended. */
  default void ended(Operation operation) {}
}
