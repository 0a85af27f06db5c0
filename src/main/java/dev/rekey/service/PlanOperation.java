package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.OperationPlan;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Route;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.step.Check;
import dev.rekey.operation.step.Plan;
import dev.rekey.reencryption.Limits;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says what an operation would do: its steps, what the checks find, how many Secrets and shards,
 * what stands in the way of some of them, and how long writing and proving will take. It lists the
 * Secrets and sends dry-run patches; it changes nothing, in the cluster or in the records.
 */
public final class PlanOperation {
  private static final Origin NOBODY =
      new Origin(Origin.Trigger.COMMAND_LINE, "nobody", "a plan, which begins nothing");

  private final Ports ports;
  private final Limits limits;

  public PlanOperation(Ports ports, Limits limits) {
    this.ports = ports;
    this.limits = limits;
  }

  /**
   * Plans an operation. What gives no answer is told by the findings, or by what isn't known of the
   * Secrets.
   *
   * @param route the settings that it leads through; unknown where there is only a kubeconfig
   * @param deadline when to look at no further Secret
   */
  public OperationPlan plan(ClusterName cluster, Kind kind, Route route, Instant deadline) {
    Ledger ledger =
        ports
            .records()
            .ledger(cluster)
            .map(Stored::value)
            .orElseGet(() -> Ledger.firstSeen(ports.time().instant(), null));
    List<Finding> findings = findings(cluster, kind, route, ledger);
    return new OperationPlan(
        kind,
        cluster,
        Plan.names(kind),
        findings,
        route.isKnown() ? decision(cluster, kind, route, ledger, findings) : null,
        new LookAtSecrets(ports, limits).look(cluster, deadline));
  }

  private List<Finding> findings(ClusterName cluster, Kind kind, Route route, Ledger ledger) {
    RunPreflight preflight = new RunPreflight(ports);
    boolean leavesSettings = kind == Kind.REENCRYPT || kind == Kind.CENSUS;
    return leavesSettings || !route.isKnown()
        ? preflight.ofApiServer(cluster)
        : preflight.findings(cluster, RunPreflight.changes(route, ledger));
  }

  /** What the operation's own first step would make of it now; null if something is silent. */
  private @Nullable Decision decision(
      ClusterName cluster, Kind kind, Route route, Ledger ledger, List<Finding> findings) {
    Instant now = ports.time().instant();
    Operation wish = new Operation("plan", kind, cluster, NOBODY, route, now, Progress.START);
    try {
      Facts facts = Facts.known(now, wish, ledger).with(ports.clusters().read(cluster));
      return new Check().decide(facts.withVersions(versions(route)).withPreflight(findings));
    } catch (OutsideFault silent) {
      return null; // the findings say so
    }
  }

  private List<KeyVersion> versions(Route route) {
    List<KeyVersion> versions = new ArrayList<>();
    Stream.of(route.stops().get(0).key(), route.stops().get(1).key())
        .filter(Objects::nonNull)
        .map(KeyId::key)
        .distinct()
        .forEach(key -> versions.addAll(ports.vault().versions(key)));
    return versions;
  }
}
