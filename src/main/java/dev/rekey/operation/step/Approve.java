package dev.rekey.operation.step;

import dev.rekey.key.KeyId;
import dev.rekey.key.Restoration;
import dev.rekey.operation.Decision;
import dev.rekey.operation.DroppedKey;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Step;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Readability;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A person has approved the plan: these steps, from and to these settings of KMS, with these
 * results of the checks. An approval of another plan is none.
 */
final class Approve implements Step {

  @Override
  public StepName name() {
    return StepName.APPROVE;
  }

  @Override
  public boolean isBeforeUpdate() {
    return true;
  }

  @Override
  public Set<FactKind> needs(Operation operation) {
    return Set.of();
  }

  @Override
  public Decision decide(Facts facts) {
    String plan = PlanHash.of(facts.operation());
    return PlanHash.isApproved(facts.operation())
        ? new Decision.Done(Reason.APPROVED)
        : new Decision.Stall(
            Reason.AWAITING_APPROVAL, plan + terms(facts.operation()) + missing(facts.operation()));
  }

  /** All that can be known of KMS v1, and what must not be done to the cluster. */
  private static String ofLeavingKmsV1(Operation operation) {
    return operation
        .progress()
        .lastPass(StepName.COUNT)
        .map(Readability::of)
        .map(
            found ->
                "; "
                    + found.readable()
                    + " Secrets were found readable, which is all that can be known under KMS v1; "
                    + ofUpgrade(operation.route().upgradeTo()))
        .orElse("");
  }

  private static String ofUpgrade(@Nullable KubernetesVersion to) {
    return to == null
        ? "don't upgrade before the operation asks for it"
        : "once everything is proved plain it upgrades Kubernetes to "
            + to
            + ", on the control plane and on no node; don't upgrade before that";
  }

  /** What the plan will do to the vault, and what must not be done to the cluster meanwhile. */
  private static String terms(Operation operation) {
    if (operation.kind() == Kind.MIGRATE_TO_KMS_V2) {
      return ofLeavingKmsV1(operation);
    }
    List<Restoration> restorations = operation.progress().findings().restorations();
    return restorations.isEmpty()
        ? ""
        : restorations.stream()
            .map(Restoration::command)
            .collect(
                Collectors.joining(
                    ", ",
                    "; it does what this would: ",
                    "; until then restart no API server, and don't upgrade, stop or update the"
                        + " cluster: each holds for a day at most the data keys that it has read,"
                        + " and only so long can be rescued what lies under an unusable version"));
  }

  /** Which version is made current again, why this one, and what isn't known. */
  private static String missing(Operation operation) {
    DroppedKey dropped = operation.progress().findings().dropped();
    if (dropped == null) {
      return "";
    }
    String why = dropped.shownBy() == null ? "" : ": " + dropped.shownBy().sentence();
    String unreadable =
        dropped.whole() ? dropped.unreadable() + "" : "at least " + dropped.unreadable();
    String known = "; Secrets that can't be decrypted: " + unreadable;
    String unknown = dropped.countable() ? "" : "; " + ToBeKnown.NOT_COUNTABLE;
    return "; it makes "
        + operation.to()
        + " current again"
        + why
        + onwards(operation)
        + known
        + unknown;
  }

  /** Perhaps to another key than the one that is brought back, and than the one in use. */
  private static String onwards(Operation operation) {
    KeyId last = operation.route().stops().get(operation.route().phases()).key();
    return last == null || last.equals(operation.to())
        ? "; the cluster stays on it"
        : "; from there the cluster goes on to " + last;
  }
}
