package dev.rekey.operation.step;

import dev.rekey.operation.Kind;
import java.util.List;

/** What a person must know before approving a plan, since nobody can check it. */
public final class ToBeKnown {
  private static final List<String> OF_A_RETURN =
      List.of(
          "AKS does not document that it takes an older key version than the one that it shows, nor"
              + " that it leaves one that can't be used. If it refuses, nothing is lost, and the"
              + " operation says so.",
          "As long as a version in one of the two slots can't be used, an API server that restarts"
              + " can't start: make the version that is left usable too, as soon as AKS has taken"
              + " the way back. Before that API servers would load it within a minute, and the way"
              + " back would be closed.");

  private static final List<String> OF_A_MIGRATION =
      List.of(
          "KMS v1 stores no key id: under which key version a Secret lies can't be proved, only that"
              + " each can be read now.",
          "From the first rewrite until the last every Secret is stored plain in etcd, and in backups"
              + " of it: as long as the upgrade to Kubernetes 1.27 or later takes, and until somebody"
              + " begins it.",
          "Don't upgrade before the operation asks for it: what still lies under KMS v1 then might be"
              + " read by nobody afterwards. The key must neither be deleted nor expire meanwhile.");

  private ToBeKnown() {}

  /** Sentences; none where all that matters is checked. */
  public static List<String> of(Kind kind) {
    return switch (kind) {
      case RETURN -> OF_A_RETURN;
      case MIGRATE_TO_KMS_V2 -> OF_A_MIGRATION;
      default -> List.of();
    };
  }
}
