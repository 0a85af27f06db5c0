package dev.rekey.service;

import dev.rekey.fleet.Alert;
import dev.rekey.fleet.AlertName;
import dev.rekey.fleet.Look;
import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.LedgerEntry;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Mode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what somebody else has changed of KMS on a cluster, until everything is proved to lie under
 * what is there now.
 */
final class WatchOthersChanges {
  private final Conduct conduct;

  WatchOthersChanges(Conduct conduct) {
    this.conduct = conduct;
  }

  /**
   * By what the ledger says, to which {@link NoticeChanges} has added what ARM shows.
   *
   * @param ledger null if the cluster was never seen before
   */
  Look look(ManagedCluster cluster, @Nullable Ledger ledger) {
    List<Alert> found = new ArrayList<>();
    if (ledger != null) {
      boolean isOurs = cluster.experience() == KmsExperience.VERSIONED_KEY;
      if (isOurs && Ledgers.parse(cluster.keyId(), conduct.cloud()).isEmpty()) {
        found.add(foreign(cluster));
      } else if (isOurs) {
        ledger.foundUnproved().ifPresent(entry -> found.add(changed(cluster, ledger, entry)));
      } else if (cluster.experience() == KmsExperience.NONE) {
        ledger.foundOff().ifPresent(entry -> found.add(off(cluster, entry.key())));
      }
    }
    return Look.of(found, AlertName.KEY_ID_CHANGED_OUTSIDE, AlertName.KMS_TURNED_OFF_OUTSIDE);
  }

  private Alert changed(ManagedCluster cluster, Ledger ledger, LedgerEntry entry) {
    KeyId version = entry.key();
    boolean isLedAway = ledger.isLedToAnotherKey(version);
    boolean wasOff = ledger.previousSlot(version).version() == null;
    return AlertName.KEY_ID_CHANGED_OUTSIDE.about(
        version.url(),
        isLedAway ? "another-key" : wasOff ? "kms-turned-on" : "another-version",
        "somebody else has led "
            + cluster.name()
            + " to "
            + version
            + (isLedAway ? ", of a key that it never used" : "")
            + "; "
            + whatFollows(cluster, isLedAway));
  }

  private String whatFollows(ManagedCluster cluster, boolean isLedAway) {
    String command = reencrypt(cluster);
    if (isLedAway) {
      return "if that is wanted, type: " + command + "; else lead the cluster back";
    }
    Mode mode = conduct.mode().with(cluster.tags());
    return switch (mode) {
      case AUTO -> "every Secret is rewritten under it and proved";
      case APPROVE -> "once a person has approved it every Secret is rewritten under it and proved";
      case OBSERVE -> "to have every Secret rewritten and proved, type: " + command;
    };
  }

  /** What stands there was written by somebody else, and isn't repeated. */
  private static Alert foreign(ManagedCluster cluster) {
    return AlertName.KEY_ID_CHANGED_OUTSIDE.about(
        cluster.name().value(),
        "foreign-host",
        cluster.name()
            + " names a key that isn't in a vault of this cloud; to see it, type: az aks show --ids "
            + cluster.resourceId()
            + " --query securityProfile.azureKeyVaultKms");
  }

  private static Alert off(ManagedCluster cluster, KeyId kept) {
    return AlertName.KMS_TURNED_OFF_OUTSIDE.about(
        kept.url(),
        "kms-off",
        "somebody else has turned KMS off on "
            + cluster.name()
            + "; to turn it on again, type: rekey enable --cluster "
            + cluster.resourceId()
            + " --key "
            + kept
            + "; to have every Secret stored plain and proved, type: "
            + reencrypt(cluster));
  }

  private static String reencrypt(ManagedCluster cluster) {
    return "rekey reencrypt --cluster " + cluster.resourceId();
  }
}
