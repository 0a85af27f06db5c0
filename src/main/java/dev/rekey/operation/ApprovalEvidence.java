package dev.rekey.operation;

import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Readability;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an operation rested on that no proof bore out, so that a person had to approve it. */
public final class ApprovalEvidence {
  private final Operation operation;

  ApprovalEvidence(Operation operation) {
    this.operation = operation;
  }

  /** Of {@code recover-dropped-key}; null of any other kind. */
  Evidence.@Nullable BroughtBack broughtBack() {
    DroppedKey dropped = operation.progress().findings().dropped();
    if (operation.kind() != Kind.RECOVER_DROPPED_KEY || dropped == null) {
      return null;
    }
    boolean counted = dropped.counted() != null;
    return new Evidence.BroughtBack(
        Objects.requireNonNull(operation.route().stops().get(1).key()).url(),
        Optional.ofNullable(dropped.shownBy()).map(DroppedKey.Sign::token).orElse(null),
        counted ? dropped.unknown() : dropped.unreadable(),
        counted);
  }

  /** Of {@code migrate-to-kms-v2}; null of any other kind. */
  Evidence.@Nullable FoundReadable foundReadable() {
    Long secrets = operation.progress().findings().foundReadable();
    return secrets == null
        ? null
        : new Evidence.FoundReadable(
            secrets,
            operation
                .progress()
                .orders()
                .last(Order.Action.APPROVE)
                .map(Order::actor)
                .orElse(null));
  }

  /** The progress of an operation with what its phase has counted, before its passes are gone. */
  public static Progress noted(Operation operation) {
    Progress progress = ReadableCount.noted(operation);
    return trial(operation)
        .map(Readability::of)
        .filter(Readability::isOfAll)
        .map(found -> progress.with(progress.findings().withReadable(found.readable())))
        .orElse(progress);
  }

  private static Optional<Pass> trial(Operation operation) {
    return operation.kind() == Kind.MIGRATE_TO_KMS_V2
        ? operation.progress().lastPass(StepName.COUNT, PassKind.TRIAL)
        : Optional.empty();
  }
}
