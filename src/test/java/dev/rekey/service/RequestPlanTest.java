package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Kind;
import dev.rekey.operation.OperationPlan;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.operation.preflight.ClusterSide;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.preflight.Reading;
import dev.rekey.operation.preflight.Verdict;
import dev.rekey.service.RequestAnswer.Cause;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A plan says what the operation would do and come to, and leaves no trace. */
class RequestPlanTest {
  private final World world = new World();

  @BeforeEach
  void fiftySecrets() {
    world.servers.store(50, hash(1));
  }

  @Test
  void rotation_stepsFindingsSecretsAndWhatTheCheckWouldSay() {
    OperationPlan plan = planned(Kind.ROTATE);

    assertThat(plan.steps()).startsWith(StepName.CHECK, StepName.CONVERGE).contains(StepName.PROVE);
    assertThat(plan.decision()).isInstanceOf(Decision.Act.class);
    assertThat(plan.isRefused()).isFalse();
    assertThat(verdict(plan, "reaches-api-server")).isEqualTo(Verdict.PASSED);
    assertThat(verdict(plan, "cluster-running")).isEqualTo(Verdict.CANNOT_TELL);
    assertThat(Objects.requireNonNull(plan.secrets().estimate()).secrets()).isEqualTo(50);
    assertThat(Objects.requireNonNull(plan.secrets().scan()).isWhole()).isTrue();
  }

  @Test
  void planned_nothingIsStoredSentOrWritten() {
    planned(Kind.ROTATE);

    assertThat(world.records.ledger(CLUSTER)).isEmpty();
    assertThat(world.records.operations(CLUSTER)).isEmpty();
    assertThat(world.sent).isEmpty();
    assertThat(world.log).isEmpty();
  }

  @Test
  void somethingFailsAroundTheCluster_planAndOperationGiveTheSameRefusal() {
    world.surroundings.cluster =
        new ClusterSide(
            Reading.unread("nobody may read it"),
            Reading.unread("nobody may read it"),
            List.of(Reading.absent("it was deleted")),
            Reading.unread("nobody may read it"),
            List.of());

    OperationPlan plan = planned(Kind.ROTATE);

    assertThat(plan.isRefused()).isTrue();
    assertThat(Objects.requireNonNull(plan.decision()).reason()).isEqualTo(Reason.PREFLIGHT_FAILED);
    assertThat(verdict(plan, "identity-exists")).isEqualTo(Verdict.FAILED);
  }

  @Test
  void checkOfTheTargetThatNoFindingNames_isToldToo() {
    world.clusters.put(clusterOn(2));

    OperationPlan plan =
        ((PlanAnswer.Planned) request(new WantedChange(Kind.ROTATE, null, key(1), null, null)))
            .plan();

    assertThat(Objects.requireNonNull(plan.decision()).reason()).isEqualTo(Reason.TARGET_NOT_NEWER);
  }

  @Test
  void apiServerGivesNoAnswer_theRestOfThePlanIsThereAllTheSame() {
    for (int call = 0; call < 3; call++) {
      world.servers.failNext(
          "namespaces", World.fault(OutsideSystem.API_SERVER, OutsideFault.Kind.TIMED_OUT));
    }

    OperationPlan plan = planned(Kind.ROTATE);

    assertThat(verdict(plan, "reaches-api-server")).isEqualTo(Verdict.FAILED);
    assertThat(plan.secrets().estimate()).isNull();
    assertThat(plan.secrets().notListed()).isEqualTo("scripted");
    assertThat(plan.steps()).isNotEmpty();
  }

  @Test
  void nothingToDoOrNoSuchCluster_isSaidAsForAnOperation() {
    world.clusters.put(clusterOn(2));

    assertThat(request(new WantedChange(Kind.ROTATE, null, null, null, null)))
        .isEqualTo(new PlanAnswer.Declined(Cause.NO_NEWER_VERSION));
    assertThat(
            new RequestPlan(world.ports, Conduct.auto(Cloud.PUBLIC), world.limits)
                .request(
                    new ClusterName("nobody"),
                    new WantedChange(Kind.ROTATE, null, null, null, null)))
        .isEqualTo(new PlanAnswer.Declined(Cause.UNKNOWN_CLUSTER));
  }

  private OperationPlan planned(Kind kind) {
    return ((PlanAnswer.Planned) request(new WantedChange(kind, null, null, null, null))).plan();
  }

  private PlanAnswer request(WantedChange wanted) {
    return new RequestPlan(world.ports, Conduct.auto(Cloud.PUBLIC), world.limits)
        .request(CLUSTER, wanted);
  }

  private static Verdict verdict(OperationPlan plan, String check) {
    return plan.findings().stream()
        .filter(finding -> finding.check().equals(check))
        .map(Finding::verdict)
        .findFirst()
        .orElseThrow();
  }
}
