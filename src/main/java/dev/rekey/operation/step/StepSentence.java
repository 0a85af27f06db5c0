package dev.rekey.operation.step;

import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepReport;
import dev.rekey.reencryption.Limits;
import java.util.List;
import java.util.Optional;

/**
 * What a step has come to, for people: a reason's own sentence speaks of a target key, and there is
 * none while KMS is off.
 */
public final class StepSentence {
  private StepSentence() {}

  /** In words that are true of the phase in which the step was done. */
  public static String of(Operation operation, StepReport report) {
    Reason reason = report.reason();
    Optional<Plan.Planned> planned = planned(operation, report);
    if (planned.isEmpty()) {
      return reason.sentence();
    }
    Plan.Planned at = planned.get();
    boolean before = isAboutTheStart(at.step().isBeforeUpdate(), reason);
    if (reason == Reason.CONVERGED) {
      return operation.managed()
          ? converged(settings(operation, at.phase(), before), before)
          : "every API server reads the same keys";
    }
    return operation.managed() && !settings(operation, at.phase(), before).isOn()
        ? plain(reason)
        : reason.sentence();
  }

  /** Its place in the list; empty for one of a release that had another list. */
  private static Optional<Plan.Planned> planned(Operation operation, StepReport report) {
    List<Plan.Planned> all = Plan.of(operation, Limits.ALONE);
    return report.number() < all.size()
        ? Optional.of(all.get(report.number()))
            .filter(at -> at.step().name() == report.step())
            .filter(at -> !operation.managed() || at.phase() < operation.route().phases())
        : Optional.empty();
  }

  private static boolean isAboutTheStart(boolean stepIsBeforeUpdate, Reason reason) {
    return reason == Reason.PROVED_ON_CURRENT
        || (stepIsBeforeUpdate && reason != Reason.KEY_ALREADY_MOVED);
  }

  private static KmsSettings settings(Operation operation, int phase, boolean before) {
    return operation.route().stops().get(before ? phase : phase + 1);
  }

  private static String converged(KmsSettings settings, boolean before) {
    if (settings.isOn()) {
      return before
          ? "every API server reads the current key"
          : "every API server reads the target key";
    }
    return before
        ? "every API server has loaded the same configuration"
        : "every API server has taken up another configuration since KMS was turned off";
  }

  private static String plain(Reason reason) {
    return switch (reason) {
      case PROVED_ON_CURRENT, PROVED -> "every Secret is proved to be stored plain";
      case PROVED_BUT_EXCEPTIONS -> "every Secret but the exceptions is proved to be stored plain";
      case KEY_ID_UPDATED -> "ARM shows that KMS is off, and has settled";
      case KEY_ALREADY_MOVED -> "KMS is off already";
      default -> reason.sentence();
    };
  }
}
