package dev.rekey.service.port;

import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Operation;

/**
 * What travels over a queue: ids, never authority. Each is a hint that a fresh look must justify.
 */
public sealed interface Message {

  /** "Look at this operation", valid only while the record is at this turn. */
  record Advance(ClusterName cluster, String operationId, int turn) implements Message {

    /** For the turn that the operation is at. */
    public static Advance to(Operation operation) {
      return new Advance(operation.cluster(), operation.id(), operation.progress().turn());
    }
  }

  /** "Work on this shard." */
  record WorkShard(ClusterName cluster, String operationId, String passId, int shard)
      implements Message {}
}
