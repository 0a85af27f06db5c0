package dev.rekey.service.port;

import dev.rekey.operation.ClusterName;

/**
 * What travels over a queue: ids, never authority. Each is a hint that a fresh look must justify.
 */
public sealed interface Message {

  /** "Look at this operation", valid only while the record is at this turn. */
  record Advance(ClusterName cluster, String operationId, int turn) implements Message {}

  /** "Work on this shard." */
  record WorkShard(ClusterName cluster, String operationId, String passId, int shard)
      implements Message {}
}
