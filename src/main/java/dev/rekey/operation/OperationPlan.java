package dev.rekey.operation;

import dev.rekey.operation.preflight.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operation would do to a cluster, before it is begun.
 *
 * @param route the settings of KMS that it would lead the cluster through; unknown where there is
 *     only a kubeconfig
 * @param steps its steps, in order
 * @param findings what each check has found that the operation concerns
 * @param decision what its first step would make of that; null where ARM isn't known, or gives no
 *     answer
 * @param toBeKnown what a person must know before approving it, since nobody can check it
 * @param secrets what was found out about the Secrets
 */
public record OperationPlan(
    Kind kind,
    ClusterName cluster,
    Route route,
    List<StepName> steps,
    List<Finding> findings,
    @Nullable Decision decision,
    List<String> toBeKnown,
    SecretsPlan secrets) {
  public OperationPlan {
    toBeKnown = List.copyOf(toBeKnown);
    steps = List.copyOf(steps);
    findings = List.copyOf(findings);
  }

  /** Whether the operation would be refused as things stand. */
  public boolean isRefused() {
    return decision == null
        ? findings.stream().anyMatch(Finding::isFailed)
        : decision instanceof Decision.Refuse;
  }
}
