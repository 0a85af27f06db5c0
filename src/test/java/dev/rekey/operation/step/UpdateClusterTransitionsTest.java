package dev.rekey.operation.step;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.disabled;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.ledger;
import static dev.rekey.operation.Example.rotation;
import static dev.rekey.operation.Example.updatedRotation;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Opening;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.operation.StepReport;
import dev.rekey.operation.Update;
import dev.rekey.operation.UpdateProgress;
import dev.rekey.operation.step.DecisionTable.Situation;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UpdateClusterTransitionsTest {
  /**
   * {@code update}: how the last attempt stands in our records; {@code just} less than half a
   * minute ago, {@code ago} longer, {@code fourth} the last of four, hours ago, of which nobody was
   * told yet, {@code hour} the same, and people were told of it an hour ago; {@code reached}: ARM
   * has shown its target since, {@code retried}: and a person has asked to look again since then,
   * {@code lagging}: and ARM shows the ETag again for which it was sent. {@code told}: what ARM
   * tells of it. {@code newer}: a newer version than the target can be used, {@code newer-alone}
   * and the target can't. {@code window}: when it opens, {@code soon} within the hour.
   */
  private static final DecisionTable TABLE =
      DecisionTable.of(
          """
          keyId:  from to elsewhere
          arm:    Updating Succeeded Failed Canceled
          update: none just ago fourth hour reached retried lagging
          told:   nothing RUNNING SUCCEEDED FAILED
          proof:  holds holds-for-both other-etag other-key for-another-target none
          keys:   fit target-disabled current-disabled both-disabled unknown newer newer-alone
          window: open soon later unreadable

          *         | Updating                  | none just ago reached retried lagging | *       | *                               | * | * | wait 10s: cluster-busy
          *         | Updating                  | fourth hour | *                       | *                               | * | * | wait 120s: cluster-busy
          *         | Succeeded Failed Canceled | none just ago reached retried lagging | RUNNING | *                               | * | * | wait 10s: cluster-busy
          *         | Succeeded Failed Canceled | fourth hour | RUNNING                 | *                               | * | * | wait 120s: cluster-busy
          to        | Succeeded                 | *          | nothing SUCCEEDED FAILED | *                               | * | * | done: key-id-updated
          elsewhere | Succeeded Failed Canceled | *          | nothing SUCCEEDED FAILED | *                               | * | * | stall: cluster-on-another-key
          from to   | Failed Canceled           | none       | nothing SUCCEEDED FAILED | *                               | *                | * | stall: cluster-failed

          from      | Succeeded                 | none       | nothing SUCCEEDED FAILED | *                               | target-disabled both-disabled | * | stall: target-unfit
          from      | Succeeded                 | none       | nothing SUCCEEDED FAILED | *                               | unknown | * | stall: target-not-found
          from      | Succeeded                 | none       | nothing SUCCEEDED FAILED | *                               | current-disabled | * | stall: current-key-unfit
          from      | Succeeded                 | none       | nothing SUCCEEDED FAILED | holds holds-for-both            | fit      | open | act update v1 to v2 at now: sending-update
          from      | Succeeded                 | none       | nothing SUCCEEDED FAILED | other-etag other-key for-another-target none | fit | open | wait 0s: cluster-busy

          from      | Succeeded Failed Canceled | just ago fourth hour retried | nothing SUCCEEDED FAILED | *                      | target-disabled both-disabled newer-alone | * | stall: target-unfit
          from      | Succeeded Failed Canceled | just ago fourth hour retried | nothing SUCCEEDED FAILED | *                      | unknown | * | stall: target-not-found
          from      | Succeeded Failed Canceled | just ago fourth hour retried | nothing SUCCEEDED FAILED | *                      | current-disabled | * | stall: current-key-unfit
          from      | Succeeded Failed Canceled | just       | nothing SUCCEEDED FAILED | *                               | fit newer | * | wait 1s: cluster-busy
          from      | Succeeded Failed Canceled | fourth     | nothing SUCCEEDED FAILED | *                               | fit newer | * | stall: update-keeps-failing
          from      | Succeeded Failed Canceled | ago hour retried | nothing SUCCEEDED FAILED | holds holds-for-both            | fit newer | * | act update v1 to v2 at now: sending-update
          from      | Succeeded Failed Canceled | ago hour retried | nothing SUCCEEDED FAILED | other-etag other-key for-another-target none | fit newer | * | wait 0s: cluster-busy

          from      | Succeeded Failed Canceled | reached    | nothing SUCCEEDED FAILED | *                               | * | * | stall: cluster-moved-back
          from      | Succeeded Failed Canceled | lagging    | nothing SUCCEEDED FAILED | *                               | * | * | wait 10s: cluster-busy

          to        | Failed Canceled           | just ago fourth hour reached retried lagging | nothing SUCCEEDED FAILED | *                      | target-disabled both-disabled newer-alone | * | stall: target-unfit
          to        | Failed Canceled           | just ago fourth hour reached retried lagging | nothing SUCCEEDED FAILED | *                      | unknown | * | stall: target-not-found
          to        | Failed Canceled           | just ago fourth hour reached retried lagging | nothing SUCCEEDED FAILED | *                      | current-disabled | * | stall: current-key-unfit
          to        | Failed Canceled           | just       | nothing SUCCEEDED FAILED | *                               | fit newer | * | wait 1s: cluster-busy
          to        | Failed Canceled           | fourth     | nothing SUCCEEDED FAILED | *                               | fit newer | * | stall: update-keeps-failing
          to        | Failed Canceled           | ago hour reached retried lagging | nothing SUCCEEDED FAILED | *                               | fit newer | * | act update v2 to v2 at now: sending-update

          from      | Succeeded                 | none       | nothing SUCCEEDED FAILED | *                               | newer newer-alone | * | refuse: superseded
          from      | Succeeded                 | none       | nothing SUCCEEDED FAILED | *                               | fit      | soon | wait 600s: outside-window
          from      | Succeeded                 | none       | nothing SUCCEEDED FAILED | *                               | fit      | later | wait 3600s: outside-window
          from      | Succeeded                 | none       | nothing SUCCEEDED FAILED | *                               | fit      | unreadable | stall: window-unreadable
          """);

  private final UpdateCluster step = UpdateCluster.on();

  @Test
  void everyCombination_isDecidedAsTheTableSays() {
    assertThat(TABLE.size()).isEqualTo(64_512);
    TABLE.assertDecides(this::decide);
  }

  @Test
  void k2_theTargetIsAskedForOnlyWhereTheProofIsOfThisKeyETagAndTarget() {
    TABLE.forEach(
        this::decide,
        (situation, decision) -> {
          if (isSent(decision) && situation.is("keyId", "from")) {
            assertThat(situation.of("proof")).isIn("holds", "holds-for-both");
          }
        });
  }

  @Test
  void k4_nothingIsSentWhileAVersionOfEitherSlotCanNotBeUsed() {
    TABLE.forEach(
        this::decide,
        (situation, decision) -> {
          if (isSent(decision)) {
            assertThat(situation.of("keys")).isIn("fit", "newer");
          }
        });
  }

  @Test
  void k4_theVaultIsAskedWhereverWhatItSaysDecides() {
    Map<Facts, Set<String>> decisions = new HashMap<>();
    TABLE.forEach(
        this::decide,
        (situation, decision) -> {
          Facts unasked = facts(situation).withVersions(List.of());
          if (!step.needsBesides(unasked).contains(FactKind.VERSIONS)) {
            decisions
                .computeIfAbsent(unasked, any -> new HashSet<>())
                .add(Told.of(step.decide(facts(situation))));
          }
        });

    assertThat(decisions.values()).isNotEmpty().allMatch(told -> told.size() == 1);
  }

  @Test
  void k5_itIsNeverDoneBecauseOfWhatArmTellsOfTheRequest() {
    TABLE.forEach(
        this::decide,
        (situation, decision) -> {
          if (decision instanceof Decision.Done) {
            assertThat(situation.of("keyId")).isEqualTo("to");
            assertThat(situation.of("arm")).isEqualTo("Succeeded");
          }
        });
  }

  /** A window holds back the beginning, never the end. */
  @Test
  void onceAnUpdateMayHaveBeenSent_neitherAWindowNorANewerVersionHoldsIt() {
    Set<String> held = Set.of("outside-window", "window-unreadable", "superseded");
    TABLE.forEach(
        this::decide,
        (situation, decision) -> {
          boolean isHeld = held.contains(decision.reason().token());
          if (!situation.is("update", "none")) {
            assertThat(isHeld).isFalse();
          } else if (isSent(decision)) {
            assertThat(situation.of("window")).isEqualTo("open");
            assertThat(situation.of("keys")).isEqualTo("fit");
          }
        });
  }

  /** It ends only where it could never be carried out, and has sent nothing yet. */
  @Test
  void whatAPersonHasBegun_isHeldByNoWindowAndGivesWayOnlyWhereItsTargetCanNotBeUsed() {
    Set<String> held = Set.of("outside-window", "window-unreadable");
    TABLE.forEach(
        situation -> step.decide(ofAPerson(facts(situation))),
        (situation, decision) -> {
          boolean ends =
              situation.is("keys", "newer-alone")
                  && situation.is("update", "none")
                  && situation.is("keyId", "from")
                  && situation.is("arm", "Succeeded")
                  && !situation.is("told", "RUNNING");
          assertThat(held).doesNotContain(decision.reason().token());
          assertThat(decision.reason().token().equals("superseded")).isEqualTo(ends);
        });
  }

  /** What was sent goes on to its end; a person is told how. */
  @Test
  void targetBecameUnusableAfterItMayHaveBeenSent_theStallNamesWhatHelps() {
    Facts facts =
        Facts.known(NOW, updatedRotation(sent(1, Duration.ofMinutes(5))), ledger())
            .with(clusterOn(1, "now", "Failed"))
            .withVersions(List.of(version(1), disabled(2), version(3)))
            .with(Opening.atOnce(NOW));

    assertThat(step.decide(facts))
        .isInstanceOfSatisfying(
            Decision.Stall.class,
            stall ->
                assertThat(stall.detail())
                    .contains("az keyvault key set-attributes --id " + key(2) + " --enabled true")
                    .contains("a newer version waits until it is proved"));
  }

  private static Facts ofAPerson(Facts facts) {
    Operation by = facts.operation();
    Origin person = new Origin(Origin.Trigger.HTTP, "ana", "now");
    Operation asked =
        new Operation(
            by.id(), by.kind(), by.cluster(), person, by.route(), by.startedAt(), by.progress());
    Facts same =
        Facts.known(facts.now(), asked, facts.ledger())
            .with(facts.requireCluster())
            .withVersions(facts.versions());
    UpdateProgress told = facts.update();
    return told == null ? same : same.with(told);
  }

  /** Somebody has taken back what the update brought about; a person decides what is to be. */
  @Test
  void onceTheTargetWasReached_whatSomebodyTookBackIsNotSentAgainUnasked() {
    TABLE.forEach(
        this::decide,
        (situation, decision) -> {
          if (isSent(decision) && situation.is("keyId", "from")) {
            assertThat(situation.of("update")).isNotIn("reached", "lagging");
          }
        });
  }

  private static boolean isSent(Decision decision) {
    return decision instanceof Decision.Act act && act.effect() instanceof Effect.UpdateCluster;
  }

  private Decision decide(Situation situation) {
    return step.decide(facts(situation));
  }

  private static Facts facts(Situation situation) {
    int on = List.of("from", "to", "elsewhere").indexOf(situation.of("keyId")) + 1;
    Facts facts =
        Facts.known(NOW, operation(situation), ledgerOf(situation))
            .with(clusterOn(on, "now", situation.of("arm")))
            .withVersions(versions(situation))
            .with(opening(situation));
    return situation.is("told", "nothing")
        ? facts
        : facts.with(new UpdateProgress(UpdateProgress.State.valueOf(situation.of("told")), null));
  }

  private static Operation operation(Situation situation) {
    return switch (situation.of("update")) {
      case "none" -> rotation();
      case "just" -> updatedRotation(sent(3, Duration.ofSeconds(29)));
      case "ago" -> updatedRotation(sent(3, Duration.ofSeconds(30)));
      case "fourth" -> updatedRotation(sent(4, Duration.ofHours(2)));
      case "hour" -> told(updatedRotation(sent(4, Duration.ofHours(2))));
      case "reached" -> reached("then");
      case "lagging" -> reached("now");
      case "retried" -> {
        Operation reached = reached("then");
        yield reached.with(reached.progress().retried(NOW));
      }
      default -> throw new IllegalArgumentException(situation.toString());
    };
  }

  private static Operation told(Operation failed) {
    Pending told =
        new Pending(
            3,
            StepName.UPDATE_CLUSTER,
            NOW.minus(Duration.ofHours(2)),
            Pending.Doing.STALLED,
            Reason.UPDATE_KEEPS_FAILING,
            NOW,
            null,
            0);
    return failed.with(failed.progress().with(told));
  }

  private static Operation reached(String etag) {
    Operation updated = updatedRotation(new Update(etag, 1, NOW.minusSeconds(60), null));
    StepReport report =
        new StepReport(
            3,
            StepName.UPDATE_CLUSTER,
            Reason.KEY_ID_UPDATED,
            NOW.minusSeconds(60),
            NOW.minusSeconds(30));
    return updated.with(updated.progress().with(report));
  }

  private static Update sent(int attempts, Duration ago) {
    return new Update("then", attempts, NOW.minus(ago), null);
  }

  private static Ledger ledgerOf(Situation situation) {
    return switch (situation.of("proof")) {
      case "holds" -> proved(1, "now", null);
      case "holds-for-both" -> proved(1, "now", 2);
      case "other-etag" -> proved(1, "then", null);
      case "other-key" -> proved(0, "now", null);
      case "for-another-target" -> proved(1, "now", 3);
      case "none" -> ledger();
      default -> throw new IllegalArgumentException(situation.toString());
    };
  }

  private static Ledger proved(int number, String etag, Integer orUnder) {
    return ledger()
        .proved(
            new ProvedOn(
                hash(number), key(number), etag, NOW, "o", orUnder == null ? null : hash(orUnder)));
  }

  private static List<KeyVersion> versions(Situation situation) {
    return switch (situation.of("keys")) {
      case "fit" -> List.of(version(1), version(2));
      case "target-disabled" -> List.of(version(1), disabled(2));
      case "current-disabled" -> List.of(disabled(1), version(2));
      case "both-disabled" -> List.of(disabled(1), disabled(2));
      case "unknown" -> List.of();
      case "newer" -> List.of(version(1), version(2), version(3));
      case "newer-alone" -> List.of(version(1), disabled(2), version(3));
      default -> throw new IllegalArgumentException(situation.toString());
    };
  }

  private static Opening opening(Situation situation) {
    return switch (situation.of("window")) {
      case "open" -> Opening.atOnce(NOW);
      case "soon" -> new Opening(NOW.plusSeconds(600), true, "tag");
      case "later" -> new Opening(NOW.plusSeconds(7200), true, "tag");
      case "unreadable" -> Opening.unreadable("tag");
      default -> throw new IllegalArgumentException(situation.toString());
    };
  }
}
