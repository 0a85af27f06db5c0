package dev.rekey.operation.step;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.finding;
import static dev.rekey.operation.Example.version;
import static dev.rekey.operation.step.MigrateToKmsV2TransitionsTest.approved;
import static dev.rekey.operation.step.MigrateToKmsV2TransitionsTest.clean;
import static dev.rekey.operation.step.MigrateToKmsV2TransitionsTest.cluster;
import static dev.rekey.operation.step.MigrateToKmsV2TransitionsTest.first;
import static dev.rekey.operation.step.MigrateToKmsV2TransitionsTest.on;
import static dev.rekey.operation.step.MigrateToKmsV2TransitionsTest.second;
import static dev.rekey.operation.step.MigrateToKmsV2TransitionsTest.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.Decision;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Progress;
import dev.rekey.operation.SentUpgrade;
import dev.rekey.operation.ShownUpgrade;
import dev.rekey.operation.UpdateProgress;
import dev.rekey.operation.preflight.Verdict;
import dev.rekey.operation.step.DecisionTable.Situation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What migrate-to-kms-v2 decides where it was told to upgrade Kubernetes itself. */
class OwnUpgradeTransitionsTest {
  /**
   * Where the one who asked has named 1.27.9. {@code wanted}: what ARM is to bring the cluster to;
   * {@code sent}: how often we have asked for it, and the last time when; {@code arm}: what became
   * of that; {@code proved}: that all lies plain, for which state.
   */
  private static final DecisionTable OWN_UPGRADE =
      DecisionTable.of(
          """
          arm:     Upgrading Succeeded Failed
          running: 1.26.15 1.27.9 1.27.3 1.25.16 unknown
          wanted:  1.26.15 1.27.9 1.27.3
          sent:    never refused-now refused-ago once-now once-ago four-now four-ago four-hours-ago
          ours:    running over
          proved:  this earlier

          Upgrading        | *              | *              | *                | *       | *       | wait 30s: cluster-busy
          Succeeded Failed | *              | *              | *                | running | *       | wait 30s: cluster-busy
          Succeeded        | 1.27.9 1.27.3  | *              | *                | over    | *       | done: upgraded
          Succeeded        | 1.25.16 unknown | *             | *                | over    | *       | stall: awaiting-upgrade
          Succeeded        | 1.26.15        | 1.27.3         | *                | over    | *       | stall: awaiting-upgrade
          Succeeded        | 1.26.15        | 1.26.15 1.27.9 | refused-now once-now | over | *      | wait 30s: cluster-busy
          Succeeded        | 1.26.15        | 1.26.15 1.27.9 | four-now four-ago | over   | *       | stall: upgrade-keeps-failing
          Succeeded        | 1.26.15        | 1.26.15 1.27.9 | never refused-ago once-ago four-hours-ago | over | this | act upgrade to 1.27.9 at now: sending-upgrade
          Succeeded        | 1.26.15        | 1.26.15 1.27.9 | never refused-ago once-ago four-hours-ago | over | earlier | wait 0s: cluster-busy
          Failed           | *              | *              | never refused-now refused-ago | over | * | stall: awaiting-upgrade
          Failed           | 1.27.3 1.25.16 unknown | *      | once-now once-ago four-now four-ago four-hours-ago | over | * | stall: awaiting-upgrade
          Failed           | 1.26.15        | 1.27.3         | once-now once-ago four-now four-ago four-hours-ago | over | * | stall: awaiting-upgrade
          Failed           | 1.26.15        | 1.26.15 1.27.9 | once-now          | over   | *       | wait 30s: cluster-busy
          Failed           | 1.26.15        | 1.26.15 1.27.9 | four-now four-ago | over   | *       | stall: upgrade-keeps-failing
          Failed           | 1.26.15        | 1.26.15 1.27.9 | once-ago four-hours-ago | over | this | act upgrade to 1.27.9 at now: sending-upgrade
          Failed           | 1.26.15        | 1.26.15 1.27.9 | once-ago four-hours-ago | over | earlier | wait 0s: cluster-busy
          Failed           | 1.27.9         | *              | once-now          | over   | *       | wait 30s: cluster-busy
          Failed           | 1.27.9         | *              | four-now four-ago | over   | *       | stall: upgrade-keeps-failing
          Failed           | 1.27.9         | *              | once-ago four-hours-ago | over | this | act upgrade to 1.27.9 at now: sending-upgrade
          Failed           | 1.27.9         | *              | once-ago four-hours-ago | over | earlier | wait 0s: cluster-busy
          """);

  /** Where KMS v1 is on at the check, and an upgrade by Rekey is asked for. */
  private static final DecisionTable CHECK_OF_UPGRADE =
      DecisionTable.of(
          """
          running: 1.26.15 1.26.0
          to:      1.26.15 1.25.16 1.27.0 1.27.9 1.28.5 2.27.9
          nodes:   apart together

          * | 1.26.15 1.25.16 1.28.5 2.27.9 | *        | refuse: upgrade-not-one-step
          * | 1.27.0 1.27.9                 | together | refuse: upgrade-takes-nodes
          * | 1.27.0 1.27.9                 | apart    | act note-checked: recording
          """);

  @Test
  void everyCombinationOfAnUpgradeOfOurOwn_isDecidedAsTheTableSays() {
    OWN_UPGRADE.assertDecides(this::ownUpgrade);
  }

  @Test
  void k8_anUpgradeIsSentOnlyWhereAllIsProvedPlainInTheStateThatArmShowsAndArmIsIdle() {
    OWN_UPGRADE.forEach(
        this::ownUpgrade,
        (situation, decision) -> {
          if (decision instanceof Decision.Act) {
            assertThat(situation.of("proved")).isEqualTo("this");
            assertThat(situation.of("arm")).isNotEqualTo("Upgrading");
            assertThat(situation.of("running")).isIn("1.26.15", "1.27.9");
          }
        });
  }

  @Test
  void everyCombinationOfAnUpgradeAskedForAtTheStart_isCheckedAsTheTableSays() {
    CHECK_OF_UPGRADE.assertDecides(this::checkOfUpgrade);
  }

  @Test
  void upgradeFurtherThanOneMinorVersion_isRefusedWithWhatWasAskedForAndWhatIsExpected() {
    Facts facts =
        facts(told(first(Progress.START), "1.28.5"))
            .with(cluster(KmsExperience.UNPROVED, on(1), "1.26.15", "now"));

    assertThat(new Check().decide(facts))
        .isInstanceOfSatisfying(
            Decision.Refuse.class,
            refuse -> {
              assertThat(refuse.detail())
                  .isEqualTo("to Kubernetes 1.28.5 from 1.26.15; expected: a version 1.27.<patch>");
              assertThat(refuse.reason().remedy()).contains("az aks get-upgrades");
            });
  }

  @Test
  void upgradeKeepsFailing_theCodeThatArmGaveAndTheCommandAreNamed() {
    Facts facts =
        facts(sent(told(second(), "1.27.9"), 4, 60))
            .with(shown("off", "1.26.15", "Failed"))
            .with(new UpdateProgress(UpdateProgress.State.FAILED, "QuotaExceeded"));

    assertThat(new AwaitUpgrade().decide(facts))
        .isInstanceOfSatisfying(
            Decision.Stall.class,
            stall -> {
              assertThat(stall.lookAgain()).isEqualTo(Duration.ofMinutes(10));
              assertThat(stall.detail())
                  .startsWith(
                      "ARM says: QuotaExceeded; type: az aks upgrade --resource-group g --name"
                          + " prod-1 --kubernetes-version 1.27.9 --control-plane-only")
                  .contains("az aks get-upgrades");
            });
  }

  /** A plan with an upgrade is another plan than one without, and than one to another version. */
  @Test
  void approvalOfAnotherUpgradeOrOfNone_isNone() {
    Operation counted = first(Progress.START.withChecked().with(clean("now", 60)));
    String without = PlanHash.of(counted);
    Operation told = told(counted, "1.27.9");

    assertThat(PlanHash.of(told))
        .isNotEqualTo(without)
        .isNotEqualTo(PlanHash.of(told(counted, "1.27.3")));
    assertThat(Told.of(new Approve().decide(facts(approved(told, without)))))
        .isEqualTo("stall: awaiting-approval");
    assertThat(Told.of(new Approve().decide(facts(approved(told, PlanHash.of(told))))))
        .isEqualTo("done: approved");
    assertThat(new Approve().decide(facts(told)))
        .isInstanceOfSatisfying(
            Decision.Stall.class,
            stall -> assertThat(stall.detail()).contains("it upgrades Kubernetes to 1.27.9"));
    assertThat(ToBeKnown.of(told)).anyMatch(line -> line.contains("upgrades Kubernetes to 1.27.9"));
    assertThat(ToBeKnown.of(counted)).noneMatch(line -> line.contains("by itself, on the control"));
  }

  private Decision checkOfUpgrade(Situation situation) {
    ManagedCluster shown =
        upgrading(
            cluster(KmsExperience.UNPROVED, on(1), situation.of("running"), "now"),
            situation.of("running"),
            situation.is("nodes", "together"));
    return new Check()
        .decide(
            facts(told(first(Progress.START), situation.of("to")))
                .with(shown)
                .withVersions(List.of(version(1)))
                .withPreflight(List.of(finding("identity-exists", Verdict.PASSED))));
  }

  private Decision ownUpgrade(Situation situation) {
    String running = situation.is("running", "unknown") ? "" : situation.of("running");
    Operation operation = told(second(), "1.27.9");
    Operation tried =
        switch (situation.of("sent")) {
          case "never" -> operation;
          case "refused-now" -> sent(operation, 0, 0);
          case "refused-ago" -> sent(operation, 0, 30);
          case "once-now" -> sent(operation, 1, 0);
          case "once-ago" -> sent(operation, 1, 30);
          case "four-now" -> sent(operation, 4, 0);
          case "four-ago" -> sent(operation, 4, 3_599);
          default -> sent(operation, 4, 3_600);
        };
    boolean isRunning = situation.is("ours", "running");
    String state = situation.is("proved", "this") ? "now" : "then";
    Ledger proved = Ledger.firstSeen(NOW, null).proved(new ProvedOn(null, state, NOW, "1"));
    Facts facts =
        Facts.known(NOW, tried, proved)
            .with(
                upgrading(
                    shown("off", running, situation.of("arm")), situation.of("wanted"), false))
            .with(
                new UpdateProgress(
                    isRunning ? UpdateProgress.State.RUNNING : UpdateProgress.State.FAILED, null));
    return new AwaitUpgrade().decide(facts);
  }

  private static Operation told(Operation operation, String version) {
    return new Operation(
        operation.id(),
        operation.kind(),
        operation.cluster(),
        operation.origin(),
        operation.route().upgradingTo(KubernetesVersion.of(version).orElseThrow()),
        operation.startedAt(),
        operation.progress());
  }

  private static Operation sent(Operation operation, int attempts, long ago) {
    SentUpgrade upgrade = SentUpgrade.intended("then", attempts, NOW.minusSeconds(ago));
    return operation.with(operation.progress().with(upgrade));
  }

  private static ManagedCluster upgrading(ManagedCluster shown, String wanted, boolean together) {
    return new ManagedCluster(
        shown.name(),
        shown.resourceId(),
        shown.experience(),
        shown.kms(),
        shown.kubernetesVersion(),
        new ShownUpgrade(wanted, together),
        shown.etag(),
        shown.provisioningState(),
        shown.tags());
  }

  @Test
  void howItStandsIsAskedOnlyOnceItMayHaveBeenSent() {
    assertThat(new AwaitUpgrade().needs(told(second(), "1.27.9")))
        .containsExactly(FactKind.CLUSTER);
    assertThat(new AwaitUpgrade().needs(sent(second(), 1, 0)))
        .containsExactlyInAnyOrder(FactKind.CLUSTER, FactKind.UPDATE);
  }
}
