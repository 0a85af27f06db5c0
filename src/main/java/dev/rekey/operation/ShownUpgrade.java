package dev.rekey.operation;

/**
 * What ARM shows of upgrades of Kubernetes on a cluster.
 *
 * @param wanted the version that an upgrade is on its way to, or has led to; empty if ARM does not
 *     say
 * @param takesNodesAlong whether AKS upgrades the node pools together with the control plane, as it
 *     does on clusters from before it knew more than one pool
 */
public record ShownUpgrade(String wanted, boolean takesNodesAlong) {

  /** Of a cluster on which no upgrade is under way, and whose node pools are upgraded apart. */
  static ShownUpgrade none(String running) {
    return new ShownUpgrade(running, false);
  }
}
