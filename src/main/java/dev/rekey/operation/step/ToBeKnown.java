package dev.rekey.operation.step;

import dev.rekey.operation.DroppedKey;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.Operation;
import java.util.ArrayList;
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
              + " of it: as long as the upgrade to Kubernetes 1.27 or later takes, and until it is"
              + " begun.",
          "Don't upgrade before everything is proved plain: what still lies under KMS v1 then might be"
              + " read by nobody afterwards. The key must neither be deleted nor expire meanwhile.");

  private static final List<String> OF_A_DROPPED_KEY =
      List.of(
          "AKS does not document that it takes an older key version than the one that it shows. If it"
              + " refuses, nothing is lost, and the operation says so.",
          "The update drops the key version in the previous slot. Before it is sent, all that can be"
              + " read is written under the current one, and it is counted that nothing is left"
              + " under another.",
          "If the version isn't the missing one, nothing is lost either: the cluster stays on it, and"
              + " recover-dropped-key asked again tries the next older one.");

  /** What a person approves where nothing can be counted (promise K2). */
  static final String NOT_COUNTABLE =
      "it can't be known whether Secrets lie under the key version in the previous slot, which the"
          + " update drops, since the API servers can't list all Secrets: those would be unreadable"
          + " until that version is brought back in its turn";

  private ToBeKnown() {}

  private static String ofUpgrade(KubernetesVersion to) {
    return "It upgrades Kubernetes to "
        + to
        + " by itself, on the control plane and on no node: what AKS takes off or changes with that"
        + " version, workloads meet at once. Whether AKS offers the cluster that very version isn't"
        + " checked; where it refuses, the operation says so, with KMS off.";
  }

  /** Sentences; none where all that matters is checked. */
  public static List<String> of(Kind kind) {
    return switch (kind) {
      case RETURN -> OF_A_RETURN;
      case MIGRATE_TO_KMS_V2 -> OF_A_MIGRATION;
      case RECOVER_DROPPED_KEY -> OF_A_DROPPED_KEY;
      default -> List.of();
    };
  }

  /** The same of an operation, with what is so of it alone. */
  public static List<String> of(Operation operation) {
    List<String> all = new ArrayList<>(of(operation.kind()));
    DroppedKey dropped = operation.progress().findings().dropped();
    KubernetesVersion upgradeTo = operation.route().upgradeTo();
    if (upgradeTo != null) {
      all.add(ofUpgrade(upgradeTo));
    }
    if (dropped != null && !dropped.countable()) {
      all.add("I" + NOT_COUNTABLE.substring(1) + ".");
    }
    return all;
  }
}
