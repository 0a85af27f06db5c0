package dev.rekey.endtoend;

import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.service.OperationRequest;
import dev.rekey.service.RequestAnswer;
import org.jspecify.annotations.Nullable;

/** What a person asks of a cluster over HTTP: Rekey itself finds where that leads from. */
record PersonsWish(RealCluster cluster, Kind kind, @Nullable KmsSettings to) {

  /** Begins it; an operation that is stuck may have to give way. */
  Operation begun() {
    RequestAnswer answer = cluster.rekey.request(request());
    if (answer instanceof RequestAnswer.Accepted accepted) {
      return accepted.operation();
    }
    throw new AssertionError(answer);
  }

  private OperationRequest request() {
    Origin person = new Origin(Origin.Trigger.HTTP, "test", "a test");
    return to == null
        ? new OperationRequest(cluster.name, kind, null, null, null, null, person)
        : new OperationRequest(
            cluster.name, kind, null, to.key(), to.access(), to.vaultResourceId(), person);
  }
}
