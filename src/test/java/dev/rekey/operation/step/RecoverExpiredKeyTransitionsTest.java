package dev.rekey.operation.step;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.ORIGIN;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.disabled;
import static dev.rekey.operation.Example.expiring;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.ledger;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.Restoration;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.StepName;
import dev.rekey.operation.StepReport;
import dev.rekey.operation.step.DecisionTable.Situation;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Scrape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What recover-expired-key decides, before it changes a vault and after. Version 2 is current, 1 in
 * the previous slot, 3 the target.
 */
class RecoverExpiredKeyTransitionsTest {
  /**
   * {@code known}: how the version in the previous slot is known; {@code behind}: by a ledger that
   * hasn't seen the last move, and holds an older one for the previous.
   */
  private static final DecisionTable CHECK =
      DecisionTable.of(
          """
          arm:      Updating Succeeded Failed
          keyId:    from elsewhere
          current:  fit disabled expired early absent
          previous: fit disabled expired early
          known:    ledger behind samples neither
          target:   fit disabled absent

          Updating         | *         | *                | *                | *              | *        | wait 15s: cluster-busy
          Succeeded Failed | elsewhere | *                | *                | *              | *        | refuse: cluster-moved
          Succeeded Failed | from      | *                | *                | *              | absent   | refuse: target-not-found
          Succeeded Failed | from      | *                | *                | *              | disabled | refuse: target-unfit
          Succeeded Failed | from      | absent           | *                | *              | fit      | refuse: slot-beyond-recovery
          Succeeded Failed | from      | early            | *                | *              | fit      | refuse: slot-beyond-recovery
          Succeeded Failed | from      | fit              | fit              | *              | fit      | refuse: slots-in-order
          Succeeded Failed | from      | fit              | early            | ledger behind samples | fit | refuse: slot-beyond-recovery
          Succeeded Failed | from      | fit              | early            | neither        | fit      | refuse: slots-in-order
          Succeeded Failed | from      | fit              | disabled expired | *              | fit      | act note-checked: recording
          Succeeded Failed | from      | disabled expired | fit disabled expired | *          | fit      | act note-checked: recording
          Succeeded Failed | from      | disabled expired | early            | ledger behind  | fit      | refuse: slot-beyond-recovery
          Succeeded Failed | from      | disabled expired | early            | samples neither | fit     | act note-checked: recording
          """);

  /**
   * {@code begun}: how long ago the step was begun; {@code pass}: of the rescue; {@code read}:
   * whether every API server reads the current version.
   */
  private static final DecisionTable RESCUE =
      DecisionTable.of(
          """
          unusable: previous current both none
          behind:   yes no
          begun:    not just 11min 61min
          pass:     none listed running ended
          read:     all not-all
          now:      as-planned current-disabled moved

          current both none | *   | *          | *              | *       | *          | done: nothing-to-rescue
          previous          | *   | *          | ended          | *       | *          | done: rescued
          previous          | yes | *          | none listed running | *  | *          | done: rescue-not-possible
          previous          | no  | not        | none listed running | *  | *          | wait 0s: rescuing
          previous          | no  | just       | none           | all     | as-planned | act list new rescue: listing-secrets
          previous          | no  | just       | none           | not-all | as-planned | wait 10s: replica-does-not-read-target
          previous          | no  | just       | none           | *       | current-disabled moved | done: rescue-not-possible
          previous          | no  | just       | listed         | *       | *          | act begin-pass: reading-counters
          previous          | no  | just 11min | running        | *       | *          | act list new rescue: listing-secrets
          previous          | no  | 11min      | none listed    | *       | *          | done: rescue-not-possible
          previous          | no  | 61min      | none listed running | *  | *          | done: rescue-not-possible
          """);

  @Test
  void everyCombinationAtTheCheck_isDecidedAsTheTableSays() {
    CHECK.assertDecides(this::check);
  }

  @Test
  void k9_nothingIsToBeRestoredThatIsUsableOrCanNotBeCured() {
    CHECK.forEach(
        this::check,
        (situation, decision) -> {
          if (decision instanceof Decision.Act act) {
            List<Restoration> restorations = ((Effect.NoteChecked) act.effect()).restorations();
            assertThat(restorations.stream().anyMatch(one -> one.version().equals(key(2))))
                .isEqualTo(situation.is("current", "disabled", "expired"));
            assertThat(restorations.stream().anyMatch(one -> one.version().equals(key(1))))
                .isEqualTo(situation.is("previous", "disabled", "expired"));
            assertThat(restorations)
                .extracting(Restoration::version)
                .doesNotContain(key(0), key(3));
          }
        });
  }

  @Test
  void onlyApiServersCanTellThePreviousSlot_theyAreAskedAndOnlyThen() {
    Operation fresh = operation(Progress.START);
    Facts unknown = seen(fresh, ledger());

    assertThat(new Check().needs(fresh)).doesNotContain(FactKind.ACCESS);
    assertThat(new Check().needsBesides(unknown.withVersions(List.of(version(2)))))
        .containsExactly(FactKind.SCRAPE);
    assertThat(new Check().needsBesides(unknown.withVersions(List.of(disabled(2))))).isEmpty();
    assertThat(new Check().needsBesides(seen(fresh, moved()).withVersions(List.of(version(2)))))
        .isEmpty();
  }

  @Test
  void everyCombinationOfARescue_isDecidedAsTheTableSays() {
    RESCUE.assertDecides(this::rescue);
  }

  @Test
  void whereTheCurrentVersionIsUnusable_nothingIsWritten() {
    RESCUE.forEach(
        this::rescue,
        (situation, decision) -> {
          if (!situation.is("unusable", "previous")) {
            assertThat(decision).isInstanceOf(Decision.Done.class);
          }
        });
  }

  @Test
  void whenItIsGivenUp_noApiServerIsAskedForThat() {
    Operation late = operation(toRestore(1).with(pending(StepName.RESCUE, Duration.ofMinutes(11))));

    assertThat(rescue().needsBesides(facts(late))).isEmpty();
  }

  @Test
  void planIsApproved_itGoesOnAndAnotherPlanIsNot() {
    Operation planned = operation(toRestore(1).withChecked());
    String plan = PlanHash.of(planned);

    assertThat(new Approve().decide(facts(planned)))
        .isInstanceOfSatisfying(
            Decision.Stall.class,
            stall -> {
              assertThat(stall.reason()).isEqualTo(Reason.AWAITING_APPROVAL);
              assertThat(stall.detail())
                  .startsWith(plan)
                  .contains("az keyvault key set-attributes --id " + key(1) + " --enabled true")
                  .contains("restart no API server");
            });
    assertThat(new Approve().decide(facts(approved(planned, plan))))
        .isEqualTo(new Decision.Done(Reason.APPROVED));
    Operation another = operation(toRestore(2).withChecked());
    assertThat(new Approve().decide(facts(approved(another, plan))))
        .isInstanceOf(Decision.Stall.class);
  }

  @Test
  void versionIsUnusable_theVaultIsAskedOnceAndThenLookedAt() {
    Restoration wanted = new Restoration(key(1), null);
    Operation planned = operation(toRestore(1));

    assertThat(restore(planned, disabled(1)))
        .isEqualTo(new Decision.Act(new Effect.RestoreKey(wanted), Reason.RESTORING_KEY));
    Pending asked =
        new Pending(
            3, StepName.RESTORE_KEY, NOW, Pending.Doing.ACTING, Reason.RESTORING_KEY, NOW, null, 0);
    assertThat(restore(operation(toRestore(1).with(asked)), disabled(1)))
        .isEqualTo(new Decision.Wait(NOW.plusSeconds(15), Reason.KEY_CHANGING));
    assertThat(restore(planned, version(1))).isEqualTo(new Decision.Done(Reason.SLOTS_USABLE));
  }

  @Test
  void versionIsGoneOrHasExpiredSinceThePlan_aPersonMustLook() {
    Operation planned = operation(toRestore(1));

    assertThat(restore(planned, expiring(1, NOW.minusSeconds(1))))
        .isInstanceOfSatisfying(
            Decision.Stall.class,
            stall -> assertThat(stall.reason()).isEqualTo(Reason.CURRENT_KEY_UNFIT));
    assertThat(restore(planned, version(2)))
        .isInstanceOfSatisfying(
            Decision.Stall.class,
            stall -> assertThat(stall.reason()).isEqualTo(Reason.TARGET_NOT_FOUND));
  }

  /** Whoever disables a version after it was restored has a reason, and nobody approved that. */
  @Test
  void versionIsMadeUnusableAgain_theApprovalIsUsedUp() {
    StepReport done = new StepReport(3, StepName.RESTORE_KEY, Reason.SLOTS_USABLE, NOW, NOW);

    assertUnfit(restore(operation(toRestore(1).with(done)), disabled(1)));
  }

  @Test
  void clusterWasMovedElsewhereMeanwhile_theVaultIsLeftAlone() {
    assertThat(restore(operation(toRestore(1)), 9, disabled(1))).isInstanceOf(Decision.Stall.class);
  }

  /** It would be set to a past date again and again. */
  @Test
  void approvedExpiryHasPassed_aPersonMustLook() {
    Restoration past = new Restoration(key(1), NOW);
    Progress progress =
        Progress.START.with(Progress.START.findings().checked(List.of(), List.of(past)));

    assertUnfit(restore(operation(progress), expiring(1, NOW.minusSeconds(9))));
  }

  @Test
  void armSpellsTheVersionOtherwiseThanTheVault_itIsTheCurrentOneAllTheSame() {
    KeyId current = key(2);
    KeyId shouted = new KeyId(new VaultKey(current.key().vaultHost(), "ETCD"), current.version());
    assertThat(shouted.isSameAs(current)).isTrue();
    Progress progress =
        Progress.START.with(
            Progress.START.findings().checked(List.of(), List.of(new Restoration(shouted, null))));

    assertThat(rescue().decide(facts(operation(progress))))
        .isEqualTo(new Decision.Done(Reason.NOTHING_TO_RESCUE));
  }

  private static void assertUnfit(Decision decision) {
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Stall.class,
            stall -> assertThat(stall.reason()).isEqualTo(Reason.CURRENT_KEY_UNFIT));
  }

  private Decision check(Situation situation) {
    Ledger ledger =
        switch (situation.of("known")) {
          case "ledger" -> moved();
          case "behind" -> behind();
          default -> Ledger.firstSeen(NOW.minusSeconds(9_000), key(2));
        };
    boolean here = situation.is("keyId", "from");
    Facts facts =
        facts(operation(Progress.START), ledger)
            .with(clusterOn(here ? 2 : 9, "\"now\"", situation.of("arm")))
            .withVersions(versions(situation));
    boolean asked = new Check().needsBesides(facts).contains(FactKind.SCRAPE);
    Samples polling = Samples.of("a").polls(hash(2), NOW);
    Samples tells =
        situation.is("known", "samples")
            ? polling.polls(hash(1), NOW.minusSeconds(9_000))
            : polling;
    return new Check().decide(asked ? facts.with(Samples.scrape(NOW, tells)) : facts);
  }

  private static List<KeyVersion> versions(Situation situation) {
    List<KeyVersion> versions = new ArrayList<>();
    versions.add(disabled(0)); // long since replaced
    versions.add(made(1, situation.of("previous")));
    if (!situation.is("current", "absent")) {
      versions.add(made(2, situation.of("current")));
    }
    if (!situation.is("target", "absent")) {
      versions.add(made(3, situation.of("target")));
    }
    return versions;
  }

  private static KeyVersion made(int number, String how) {
    return switch (how) {
      case "disabled" -> disabled(number);
      case "expired" -> expiring(number, NOW.minusSeconds(1));
      case "early" -> early(number);
      default -> version(number);
    };
  }

  private static KeyVersion early(int number) {
    KeyVersion fit = version(number);
    return new KeyVersion(
        fit.id(), true, fit.created(), NOW.plusSeconds(60), null, fit.type(), fit.operations());
  }

  private Decision rescue(Situation situation) {
    Progress progress =
        switch (situation.of("unusable")) {
          case "previous" -> toRestore(1);
          case "current" -> toRestore(2);
          case "both" -> toRestore(1, 2);
          default -> Progress.START;
        };
    if (situation.is("behind", "yes")) {
      progress =
          progress.with(new StepReport(2, StepName.RESCUE, Reason.RESCUE_NOT_POSSIBLE, NOW, NOW));
    }
    if (!situation.is("begun", "not")) {
      progress = progress.with(pending(StepName.RESCUE, ago(situation.of("begun"))));
    }
    if (!situation.is("pass", "none")) {
      progress = progress.with(pass(situation.of("pass")));
    }
    boolean all = situation.is("read", "all");
    Scrape scrape =
        Samples.scrape(
            NOW,
            Set.of("a", "b"),
            Samples.of("a").polls(hash(2), NOW),
            all ? Samples.of("b").polls(hash(2), NOW) : Samples.of("b"));
    int on = situation.is("now", "moved") ? 9 : 2;
    KeyVersion current = situation.is("now", "current-disabled") ? disabled(2) : version(2);
    return rescue()
        .decide(
            facts(operation(progress))
                .with(clusterOn(on))
                .withVersions(List.of(disabled(1), current))
                .with(scrape));
  }

  private static Pass pass(String stage) {
    Passes passes = Passes.of(StepName.RESCUE.token(), PassKind.RESCUE, hash(2));
    return switch (stage) {
      case "listed" -> passes.listed();
      case "running" -> passes.running();
      default -> passes.clean();
    };
  }

  private static Duration ago(String how) {
    return switch (how) {
      case "11min" -> Duration.ofMinutes(11);
      case "61min" -> Duration.ofMinutes(61);
      default -> Duration.ZERO;
    };
  }

  private static Rescue rescue() {
    return new Rescue(new PassRounds(Limits.ALONE));
  }

  private static Decision restore(Operation operation, KeyVersion... versions) {
    return restore(operation, 2, versions);
  }

  private static Decision restore(Operation operation, int on, KeyVersion... versions) {
    Facts facts = facts(operation).with(clusterOn(on));
    return new RestoreKey().decide(facts.withVersions(List.of(versions)));
  }

  private static Operation approved(Operation operation, String plan) {
    Order order = new Order(Order.Action.APPROVE, "ana", "read", NOW, null, plan);
    return operation.with(operation.progress().with(order));
  }

  private static Progress toRestore(int... numbers) {
    List<Restoration> restorations = new ArrayList<>();
    for (int number : numbers) {
      restorations.add(new Restoration(key(number), null));
    }
    return Progress.START.with(Progress.START.findings().checked(List.of(), restorations));
  }

  private static Pending pending(StepName step, Duration ago) {
    Instant since = NOW.minus(ago);
    return new Pending(2, step, since, Pending.Doing.WAITING, Reason.RESCUING, NOW, null, 0);
  }

  private static Operation operation(Progress progress) {
    Route route = Route.of(key(2), key(3));
    return new Operation("1", Kind.RECOVER_EXPIRED_KEY, CLUSTER, ORIGIN, route, NOW, progress);
  }

  private static Facts seen(Operation operation, Ledger ledger) {
    return facts(operation, ledger).with(clusterOn(2));
  }

  /** The ledger of one that was rotated from 0 to 1, and by somebody else then to 2. */
  private static Ledger behind() {
    return Ledger.firstSeen(NOW.minusSeconds(9_000), key(0))
        .current(key(1), NOW.minusSeconds(8_000), "earlier");
  }

  /** The ledger of a cluster that was rotated from version 1 to version 2. */
  private static Ledger moved() {
    return ledger().current(key(2), NOW.minusSeconds(9_000), "earlier");
  }
}
