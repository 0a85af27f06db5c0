package dev.rekey.app.simulated;

/**
 * What a simulated world is like.
 *
 * @param seed the same one makes everything happen in the same way again
 * @param secrets Secrets of the cluster
 * @param namespaces over which they are spread
 * @param replicas API servers
 * @param orderly whether queues keep the order of their messages, and events come at once
 */
public record Shape(
    Scenario scenario, long seed, int secrets, int namespaces, int replicas, boolean orderly) {

  /** The smallest that has everything: three shards, two API servers, lists of several pages. */
  public static Shape smallest(Scenario scenario) {
    // What shows the write keys rewrites a few Secrets: of more, some are left to be found stale.
    int secrets = scenario == Scenario.ROTATE_STALE ? 16 : 6;
    return new Shape(scenario, 1, secrets, 2, 2, true);
  }
}
