package dev.rekey.service;

import dev.rekey.fleet.Alert;
import dev.rekey.fleet.AlertName;
import dev.rekey.fleet.Look;
import dev.rekey.key.Cloud;
import dev.rekey.key.Ledger;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.preflight.Verdict;
import dev.rekey.service.port.OutsideFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Watches what a cluster on a key can't do without: its identity, that identity's rights, and the
 * vault. It says what is wrong; what can't be told leaves open what was open.
 */
final class WatchSurroundings {
  /** The checks before a change that are about it, each with the alert that it raises. */
  private static final Map<String, AlertName> CHECKS =
      new TreeMap<>(
          Map.of(
              "identity-exists", AlertName.IDENTITY_MISSING,
              "identity-may-use-key", AlertName.IDENTITY_LACKS_RIGHTS,
              "vault-exists", AlertName.VAULT_MISSING));

  private final RunPreflight preflight;
  private final Cloud cloud;

  WatchSurroundings(Ports ports, Cloud cloud) {
    this.preflight = new RunPreflight(ports);
    this.cloud = cloud;
  }

  /**
   * What is wrong around a cluster.
   *
   * @param ledger null if the cluster was never seen before
   * @throws OutsideFault if Azure gives no answer
   */
  Look look(ManagedCluster cluster, @Nullable Ledger ledger) {
    Optional<KmsSettings> settings = cluster.settings(cloud).filter(KmsSettings::isOn);
    boolean isOurs = cluster.experience() == KmsExperience.VERSIONED_KEY;
    List<Finding> findings =
        isOurs && settings.isPresent() && ledger != null
            ? preflight.standing(cluster.name(), settings.get(), ledger, CHECKS.keySet())
            : List.of();
    List<Alert> found = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    CHECKS.forEach(
        (check, name) -> {
          Optional<Finding> finding =
              findings.stream().filter(one -> one.check().equals(check)).findFirst();
          if (finding.map(Finding::verdict).filter(Verdict.CANNOT_TELL::equals).isEmpty()) {
            names.add(name.token());
          }
          finding.filter(Finding::isFailed).ifPresent(one -> found.add(alert(cluster, name, one)));
        });
    return new Look(names, found);
  }

  private static Alert alert(ManagedCluster cluster, AlertName name, Finding finding) {
    return name.about(
        cluster.name().value(),
        finding.check(),
        cluster.name()
            + " needs: "
            + finding.sentence()
            + "; seen: "
            + finding.seen()
            + "; type: "
            + finding.remedy());
  }
}
