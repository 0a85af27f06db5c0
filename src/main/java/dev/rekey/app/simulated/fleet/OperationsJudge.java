package dev.rekey.app.simulated.fleet;

import dev.rekey.app.simulated.Violations;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.service.port.Records;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** K6, T1 and S2: what is stored of operations, and whether their evidence is true. */
final class OperationsJudge implements Judge {
  /** A person is waited for, or has said so: nothing is wrong. */
  private static final Set<Reason> NO_STALL = Set.of(Reason.AWAITING_APPROVAL, Reason.PAUSED);

  private final Fleet fleet;
  private final Violations violations;
  private final YearLog log;
  private final Function<FleetMember, MemberJudge> secrets;
  private final Map<ClusterName, String> active = new HashMap<>();
  private final Set<String> stalled = new HashSet<>();

  OperationsJudge(
      Fleet fleet, Violations violations, YearLog log, Function<FleetMember, MemberJudge> secrets) {
    this.fleet = fleet;
    this.violations = violations;
    this.log = log;
    this.secrets = secrets;
  }

  /** Operations that have stalled at some time, until a person had acted or a reason was gone. */
  int stalled() {
    return stalled.size();
  }

  @Override
  public void begun(Operation operation) {
    String other = active.put(operation.cluster(), operation.id());
    violations.check(
        other == null, "K6", operation.cluster() + ": two operations are active on one cluster");
  }

  @Override
  public void saved(Operation operation) {
    Pending pending = operation.progress().pending();
    if (pending != null && needsPerson(pending) && stalled.add(operation.id())) {
      log.stalled(operation, pending.reason());
    }
  }

  private static boolean needsPerson(Pending pending) {
    return pending.doing() == Pending.Doing.STALLED && !NO_STALL.contains(pending.reason());
  }

  @Override
  public void ended(Operation operation) {
    active.remove(operation.cluster(), operation.id());
    Ending ending = operation.progress().ending();
    if (ending == null || ending.outcome() != Ending.Outcome.COMPLETED) {
      return;
    }
    log.completed(operation.kind());
    FleetMember member = fleet.member(operation.cluster());
    fleet
        .records
        .evidence(member.name, operation.id())
        .map(Records.StoredEvidence::evidence)
        .ifPresent(evidence -> judge(member, operation, evidence));
  }

  private void judge(FleetMember member, Operation operation, Evidence evidence) {
    String to = evidence.key().to();
    if (operation.kind() == Kind.CENSUS || to == null || evidence.proof().method().equals("none")) {
      return;
    }
    long exceptions = evidence.exceptionReasons().values().stream().mapToLong(n -> n).sum();
    long left = secrets.apply(member).notUnder(to);
    boolean isStillThere = member.keys.shown().url().equals(to);
    violations.check(
        left <= exceptions || !isStillThere,
        "T1",
        member + ": the evidence says that all is proved, and " + left + " Secrets lie elsewhere");
    boolean saysNotNeeded = evidence.verdict().oldestKey().startsWith("not-needed");
    violations.check(
        !saysNotNeeded || left == 0 || !isStillThere,
        "S2",
        member + ": the verdict gives up a key version that is still needed");
  }
}
