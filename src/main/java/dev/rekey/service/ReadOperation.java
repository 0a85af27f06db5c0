package dev.rekey.service;

import dev.rekey.operation.Operation;
import dev.rekey.service.port.Records;
import dev.rekey.service.port.Stored;
import java.util.Optional;

/** Finds an operation by its id, and what it has left. */
public final class ReadOperation {
  private final Records records;

  public ReadOperation(Records records) {
    this.records = records;
  }

  /** The operation; empty if there is none with this id. */
  public Optional<Operation> read(String operationId) {
    return records
        .clusterOf(operationId)
        .flatMap(cluster -> records.operation(cluster, operationId))
        .map(Stored::value);
  }

  /** The evidence as it is stored; empty if the operation has left none. */
  public Optional<Records.StoredEvidence> evidence(String operationId) {
    return records
        .clusterOf(operationId)
        .flatMap(cluster -> records.evidence(cluster, operationId));
  }
}
