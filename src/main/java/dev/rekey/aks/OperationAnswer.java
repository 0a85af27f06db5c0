package dev.rekey.aks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.operation.UpdateProgress;
import dev.rekey.operation.UpdateProgress.State;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an update stands, by what its address answers: an asynchronous operation with its {@code
 * status}, or, where ARM named no such address, the cluster with its {@code provisioningState}.
 * Both use the same words.
 */
final class OperationAnswer {
  private OperationAnswer() {}

  /** Empty if the answer says neither. */
  static Optional<UpdateProgress> read(JsonNode body) {
    String shown = body.at("/properties/provisioningState").asText("");
    String status = body.path("status").asText(shown).toLowerCase(Locale.ROOT);
    return switch (status) {
      case "" -> Optional.empty();
      case "succeeded" -> Optional.of(new UpdateProgress(State.SUCCEEDED, null));
      case "failed" -> Optional.of(new UpdateProgress(State.FAILED, code(body)));
      case "canceled", "cancelled" -> {
        String code = code(body);
        yield Optional.of(new UpdateProgress(State.FAILED, code == null ? "Canceled" : code));
      }
      default -> Optional.of(new UpdateProgress(State.RUNNING, null));
    };
  }

  private static @Nullable String code(JsonNode body) {
    return ArmError.code(body.path("error"));
  }
}
