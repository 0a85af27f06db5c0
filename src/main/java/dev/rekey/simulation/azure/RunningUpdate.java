package dev.rekey.simulation.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.operation.UpdateProgress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An accepted update, from acceptance to its end.
 *
 * @param accepted when ARM accepted it
 * @param takes how long it runs at least
 * @param moves whether the control plane was asked to move
 * @param failure the error code it will end with; null if it will succeed
 * @param kmsAtEnd the settings of KMS that ARM will show
 * @param upgradeTo the Kubernetes that ARM will show as the running one; null where it stays
 */
record RunningUpdate(
    Instant accepted,
    Duration takes,
    boolean moves,
    @Nullable String failure,
    JsonNode kmsAtEnd,
    @Nullable String upgradeTo) {

  /** AKS gives up on a control plane that does not come round. */
  private static final Duration GIVE_UP = Duration.ofHours(1);

  boolean hasRunLongEnough(Instant now) {
    return !now.isBefore(accepted.plus(takes));
  }

  boolean isOverdue(Instant now) {
    return !now.isBefore(accepted.plus(takes).plus(GIVE_UP));
  }

  RunningUpdate timedOut() {
    return new RunningUpdate(accepted, takes, moves, "ControlPlaneUpdateTimedOut", kmsAtEnd, null);
  }

  String provisioningStateAtEnd() {
    return failure == null ? "Succeeded" : "Failed";
  }

  UpdateProgress progressAtEnd() {
    return failure == null
        ? new UpdateProgress(UpdateProgress.State.SUCCEEDED, null)
        : new UpdateProgress(UpdateProgress.State.FAILED, failure);
  }
}
