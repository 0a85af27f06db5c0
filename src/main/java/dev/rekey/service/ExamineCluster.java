package dev.rekey.service;

import dev.rekey.key.Cloud;
import dev.rekey.key.Ledger;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Examination;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Route;
import dev.rekey.operation.preflight.Change;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.reencryption.Limits;
import dev.rekey.service.port.OutsideFault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees how a cluster stands, by the checks that come before a change and a dry run of each Secret.
 */
public final class ExamineCluster {
  private final Ports ports;
  private final Limits limits;
  private final @Nullable Cloud cloud;

  /**
   * The use case.
   *
   * @param cloud where the cluster and its vault are; null where there is only a kubeconfig, so
   *     that nobody asks Azure
   */
  public ExamineCluster(Ports ports, Limits limits, @Nullable Cloud cloud) {
    this.ports = ports;
    this.limits = limits;
    this.cloud = cloud;
  }

  /**
   * Looks; changes and records nothing.
   *
   * @param deadline when to look at no further Secret
   */
  public Examination examine(ClusterName cluster, Instant deadline) {
    RunPreflight preflight = new RunPreflight(ports);
    List<Finding> findings =
        settings(cluster)
            .map(now -> all(preflight, cluster, now))
            .orElseGet(() -> preflight.ofApiServer(cluster));
    return new Examination(
        cluster, findings, new LookAtSecrets(ports, limits).look(cluster, deadline));
  }

  /** But for the one that only compares the settings with what they were read as. */
  private List<Finding> all(RunPreflight preflight, ClusterName cluster, KmsSettings now) {
    return preflight.findings(cluster, staying(cluster, now)).stream()
        .filter(finding -> !finding.check().equals("settings-as-expected"))
        .toList();
  }

  /** Settings that would be told again as they are: whatever stands against that is wrong now. */
  private List<Change> staying(ClusterName cluster, KmsSettings now) {
    Ledger ledger = new Ledgers(ports.records()).look(cluster, now.key(), ports.time().instant());
    return RunPreflight.changes(Kind.CENSUS, Route.staying(now), ledger);
  }

  private Optional<KmsSettings> settings(ClusterName cluster) {
    if (cloud == null) {
      return Optional.empty();
    }
    try {
      Optional<KmsSettings> shown = ports.clusters().read(cluster).settings(cloud);
      return shown.isPresent() ? shown : Optional.of(KmsSettings.OFF);
    } catch (OutsideFault silent) {
      return Optional.of(KmsSettings.OFF); // the checks say that nobody knows
    }
  }
}
