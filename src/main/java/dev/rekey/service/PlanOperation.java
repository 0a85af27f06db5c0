package dev.rekey.service;

import dev.rekey.key.Ledger;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Decision;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Findings;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.OperationPlan;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Route;
import dev.rekey.operation.SecretsPlan;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.step.Check;
import dev.rekey.operation.step.Plan;
import dev.rekey.operation.step.ToBeKnown;
import dev.rekey.reencryption.Limits;
import dev.rekey.service.port.OutsideFault;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    Ledger ledger = new Ledgers(ports.records()).look(cluster, null, ports.time().instant());
    List<Finding> findings = findings(cluster, kind, route, ledger);
    SecretsPlan secrets = new LookAtSecrets(ports, limits).look(cluster, deadline);
    Operation wish = wish(cluster, kind, route, secrets);
    return new OperationPlan(
        kind,
        cluster,
        route,
        Plan.names(kind),
        findings,
        route.isKnown() ? decision(wish, ledger, findings) : null,
        ToBeKnown.of(wish),
        secrets);
  }

  /** With what the operation's own look at the Secrets would have found. */
  private Operation wish(ClusterName cluster, Kind kind, Route route, SecretsPlan secrets) {
    Findings seen =
        kind == Kind.RECOVER_DROPPED_KEY
            ? Findings.NONE.with(LookForUnreadable.of(secrets.scan()))
            : Findings.NONE;
    Instant now = ports.time().instant();
    return new Operation("plan", kind, cluster, NOBODY, route, now, Progress.START.with(seen));
  }

  private List<Finding> findings(ClusterName cluster, Kind kind, Route route, Ledger ledger) {
    RunPreflight preflight = new RunPreflight(ports);
    boolean leavesSettings = kind == Kind.REENCRYPT || kind == Kind.CENSUS;
    return leavesSettings || !route.isKnown()
        ? preflight.ofApiServer(cluster)
        : preflight.findings(cluster, RunPreflight.changes(kind, route, ledger));
  }

  /**
   * What the operation's own first step would make of it now, of what it asks for itself; null if
   * something is silent. Whether the API servers give access the findings have told already.
   */
  private @Nullable Decision decision(Operation wish, Ledger ledger, List<Finding> findings) {
    Instant now = ports.time().instant();
    Check check = new Check();
    Set<FactKind> needed = new HashSet<>(check.needs(wish));
    needed.remove(FactKind.ACCESS);
    try (Connection connection = new Connection(ports.kubernetes(), wish.cluster())) {
      ObserveFacts observe = new ObserveFacts(ports, connection);
      Facts known = Facts.known(now, wish, ledger).withPreflight(findings);
      Facts seen = observe.add(known, needed);
      return check.decide(observe.add(seen, check.needsBesides(seen)));
    } catch (OutsideFault silent) {
      return null; // the findings say so
    }
  }
}
