package dev.rekey.simulation.cluster;

/** Which API servers the patches of one lane reach. */
public enum LaneSpread {
  /** One pooled HTTP/2 connection: all go to one server, until it dies. */
  ONE_CONNECTION,
  /** Many connections: each goes where the load balancer sends it. */
  EACH_REQUEST
}
