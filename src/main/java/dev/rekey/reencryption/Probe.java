package dev.rekey.reencryption;

import java.util.List;

/**
 * A few real empty patches sent on one fresh connection, between two looks at {@code /metrics} on
 * that same connection, so that it is known which API server answered them.
 */
public record Probe(ReplicaSample before, List<Look> looks, ReplicaSample after) {
  public Probe {
    looks = List.copyOf(looks);
  }
}
