package dev.rekey.cli;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Operation;
import dev.rekey.operation.OperationPlan;
import dev.rekey.operation.SecretsPlan;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.reencryption.DryScan;
import java.util.List;

/** What a command's end means to a script. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int NOT_YET = 3;
  static final int REFUSED = 4;

  private ExitCode() {}

  /** What stands against an operation; then Secrets that one could not rewrite. */
  static int ofFindings(List<Finding> findings, SecretsPlan secrets) {
    if (findings.stream().anyMatch(Finding::isFailed)) {
      return REFUSED;
    }
    return ofSecrets(secrets);
  }

  private static int ofSecrets(SecretsPlan secrets) {
    DryScan scan = secrets.scan();
    if (scan == null) {
      return FAILED;
    }
    return scan.inTheWay() > 0 || !scan.isWhole() ? NOT_YET : DONE;
  }

  /** What the operation would come to; then Secrets that it could not rewrite. */
  static int of(OperationPlan plan) {
    if (plan.isRefused()) {
      return REFUSED;
    }
    int secrets = ofSecrets(plan.secrets());
    return secrets == DONE && plan.decision() instanceof Decision.Wait ? NOT_YET : secrets;
  }

  /** How an operation stands: an exception left means that not every Secret is proved yet. */
  static int of(Operation operation, boolean exceptionsLeft) {
    Ending ending = operation.progress().ending();
    if (ending == null) {
      return NOT_YET;
    }
    if (ending.outcome() == Ending.Outcome.REFUSED) {
      return REFUSED;
    }
    return exceptionsLeft ? NOT_YET : DONE;
  }
}
