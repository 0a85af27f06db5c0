package dev.rekey.operation;

import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.WriteShown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How it was seen that every API server reads and writes with the key. */
final class ConvergenceEvidence {
  private final Operation operation;

  ConvergenceEvidence(Operation operation) {
    this.operation = operation;
  }

  Evidence.Convergence convergence() {
    if (operation.kind() == Kind.CENSUS) {
      return new Evidence.Convergence("none", List.of());
    }
    String method =
        !operation.managed() ? "observed" : operation.after().isOn() ? "predicted" : "reloaded";
    return new Evidence.Convergence(
        method, firstShown().values().stream().map(ConvergenceEvidence::replica).toList());
  }

  private static Evidence.Replica replica(WriteShown shown) {
    return new Evidence.Replica(
        shown.replica(), shown.key().label(), shown.readsSince(), shown.at());
  }

  /**
   * For each replica, when it was first shown to write with the target in the rewrite that counts.
   */
  private Map<String, WriteShown> firstShown() {
    Map<String, WriteShown> first = new TreeMap<>();
    Stream.of(last(StepName.WRITE, PassKind.WRITE), last(StepName.PROVE, PassKind.PROOF))
        .flatMap(Optional::stream)
        .flatMap(pass -> pass.shown().stream())
        .forEach(shown -> first.putIfAbsent(shown.replica(), shown));
    return first;
  }

  private Optional<Pass> last(StepName step, PassKind kind) {
    return operation.progress().lastPass(step, kind);
  }
}
