package dev.rekey.operation.step;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.disabled;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.operation.Decision;
import dev.rekey.operation.DroppedKey;
import dev.rekey.operation.Effect;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Findings;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.Update;
import dev.rekey.operation.step.DecisionTable.Situation;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Scrape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What is decided before and when a dropped version is made current again. Version 3 is current, 2
 * in the previous slot, 1 the dropped one, 4 the newest.
 */
class RecoverDroppedKeyTransitionsTest {
  /**
   * {@code looked}: what a look at each Secret has found, or that not every one was looked at, or
   * that they could not be listed. {@code servers}: whether all were seen, and whether one reads
   * the version that is to be brought back.
   */
  private static final DecisionTable CHECK =
      DecisionTable.of(
          """
          arm:      Updating Succeeded Failed
          keyId:    from elsewhere
          dropped:  fit disabled absent
          current:  fit disabled absent
          previous: fit disabled
          newest:   fit disabled absent
          looked:   not-yet some none none-yet can-not
          servers:  all not-all reads-it

          Updating  | *         | *        | *        | *        | *        | *                         | *       | wait 15s: cluster-busy
          Succeeded Failed | elsewhere | * | *        | *        | *        | *                         | *       | refuse: cluster-moved
          Failed    | from      | *        | *        | *        | *        | *                         | *       | refuse: cluster-failed
          Succeeded | from      | absent   | *        | *        | *        | *                         | *       | refuse: target-not-found
          Succeeded | from      | disabled | *        | *        | *        | *                         | *       | refuse: target-unfit
          Succeeded | from      | fit      | disabled absent | * | *        | *                         | *       | refuse: current-key-unfit
          Succeeded | from      | fit      | fit      | disabled | *        | *                         | *       | refuse: slot-unfit
          Succeeded | from      | fit      | fit      | fit      | *        | some none none-yet        | reads-it | wait 15s: version-in-slot
          Succeeded | from      | fit      | fit      | fit      | absent   | not-yet can-not           | *       | refuse: target-not-found
          Succeeded | from      | fit      | fit      | fit      | disabled | not-yet can-not           | *       | refuse: target-unfit
          Succeeded | from      | fit      | fit      | fit      | absent   | some none none-yet        | all not-all | refuse: target-not-found
          Succeeded | from      | fit      | fit      | fit      | disabled | some none none-yet        | all not-all | refuse: target-unfit
          Succeeded | from      | fit      | fit      | fit      | fit      | not-yet                   | *       | act look-for-unreadable: looking-for-unreadable
          Succeeded | from      | fit      | fit      | fit      | fit      | none                      | all not-all | refuse: nothing-unreadable
          Succeeded | from      | fit      | fit      | fit      | fit      | some none-yet             | not-all | wait 15s: replica-not-seen
          Succeeded | from      | fit      | fit      | fit      | fit      | some none-yet             | all     | act note-checked: recording
          Succeeded | from      | fit      | fit      | fit      | fit      | can-not                   | *       | act note-checked: recording
          """);

  /**
   * {@code ground}: a count that shows nothing under another key, for this state or an earlier one;
   * one with something under another; none; none, and a plan that says so.
   */
  private static final DecisionTable UPDATE =
      DecisionTable.of(
          """
          arm:      Updating Succeeded Failed
          keyId:    from to elsewhere
          update:   none just ago fourth
          ground:   counted counted-earlier foreign none unknown unknown-but-foreign
          dropped:  fit disabled absent
          current:  fit disabled
          previous: fit disabled

          Updating         | *         | *               | *                       | *        | *        | *        | wait 10s: cluster-busy
          Succeeded Failed | elsewhere | *               | *                       | *        | *        | *        | stall: cluster-on-another-key
          Succeeded        | to        | *               | *                       | *        | *        | *        | done: key-id-updated
          Failed           | from to   | none            | *                       | *        | *        | *        | stall: cluster-failed

          Failed           | to        | just ago fourth | *                       | absent   | *        | *        | stall: target-not-found
          Failed           | to        | just ago fourth | *                       | disabled | *        | *        | stall: target-unfit
          Failed           | to        | just ago fourth | *                       | fit      | disabled | *        | stall: current-key-unfit
          Failed           | to        | just ago fourth | *                       | fit      | fit      | disabled | stall: slot-unfit
          Failed           | to        | just            | *                       | fit      | fit      | fit      | wait 1s: cluster-busy
          Failed           | to        | fourth          | *                       | fit      | fit      | fit      | stall: update-keeps-failing
          Failed           | to        | ago             | *                       | fit      | fit      | fit      | act update v1 to v1 at now: sending-update

          Succeeded        | from      | none            | *                       | absent   | *        | *        | stall: target-not-found
          Succeeded        | from      | none            | *                       | disabled | *        | *        | stall: target-unfit
          Succeeded        | from      | none            | *                       | fit      | disabled | *        | stall: current-key-unfit
          Succeeded        | from      | none            | *                       | fit      | fit      | disabled | stall: slot-unfit
          Succeeded Failed | from      | just ago fourth | *                       | absent   | *        | *        | stall: target-not-found
          Succeeded Failed | from      | just ago fourth | *                       | disabled | *        | *        | stall: target-unfit
          Succeeded Failed | from      | just ago fourth | *                       | fit      | disabled | *        | stall: current-key-unfit
          Succeeded Failed | from      | just ago fourth | *                       | fit      | fit      | disabled | stall: slot-unfit

          Succeeded        | from      | none            | counted unknown         | fit      | fit      | fit      | act update v3 to v1 at now: sending-update
          Succeeded        | from      | none            | counted-earlier foreign none unknown-but-foreign | fit | fit | fit | wait 0s: cluster-busy
          Succeeded Failed | from      | just            | *                       | fit      | fit      | fit      | wait 1s: cluster-busy
          Succeeded Failed | from      | fourth          | *                       | fit      | fit      | fit      | stall: update-keeps-failing
          Succeeded Failed | from      | ago             | counted unknown         | fit      | fit      | fit      | act update v3 to v1 at now: sending-update
          Succeeded Failed | from      | ago             | counted-earlier foreign none unknown-but-foreign | fit | fit | fit | wait 0s: cluster-busy
          """);

  @Test
  void everyCombinationAtTheCheck_isDecidedAsTheTableSays() {
    assertThat(CHECK.size()).isEqualTo(4_860);
    CHECK.assertDecides(this::check);
  }

  @Test
  void everyCombinationOfTheUpdate_isDecidedAsTheTableSays() {
    assertThat(UPDATE.size()).isEqualTo(2_592);
    UPDATE.assertDecides(this::update);
  }

  @Test
  void k2_nothingIsDroppedThatSomethingIsKnownToLieUnder() {
    UPDATE.forEach(
        this::update,
        (situation, decision) -> {
          boolean isSent =
              decision instanceof Decision.Act act
                  && act.effect() instanceof Effect.UpdateCluster send
                  && !send.from().equals(send.to());
          if (isSent) {
            assertThat(situation.of("ground")).isIn("counted", "unknown");
          }
        });
  }

  @Test
  void apiServersAreAskedAtTheCheckOnlyWhereTheyAnswer() {
    Facts seen = facts(operation(Progress.START), moved()).with(clusterOn(3));

    assertThat(new Check().needs(operation(Progress.START)))
        .containsExactlyInAnyOrder(FactKind.CLUSTER, FactKind.VERSIONS);
    assertThat(new Check().needsBesides(seen)).isEmpty();
    assertThat(new Check().needsBesides(with(new DroppedKey(1, true, DroppedKey.Reach.NONE))))
        .isEmpty();
    assertThat(new Check().needsBesides(with(new DroppedKey(1, true, DroppedKey.Reach.ALL))))
        .containsExactly(FactKind.SCRAPE);
  }

  @Test
  void unusableVersion_isNamedWithTheCommandThatHelps() {
    Facts facts =
        facts(operation(Progress.START), moved())
            .with(clusterOn(3))
            .withVersions(List.of(disabled(1), version(2), version(3), version(4)));

    assertThat(((Decision.Refuse) new Check().decide(facts)).detail())
        .contains("az keyvault key set-attributes --id " + key(1) + " --enabled true");
  }

  @Test
  void plan_namesVersionAndSignAndHowManyCanNotBeDecrypted() {
    Operation planned =
        operation(
            looked(new DroppedKey(7, true, DroppedKey.Reach.ALL).shownBy(DroppedKey.Sign.LEDGER)));

    Decision.Stall asked = (Decision.Stall) new Approve().decide(facts(planned));

    assertThat(asked.reason()).isEqualTo(Reason.AWAITING_APPROVAL);
    assertThat(asked.detail())
        .startsWith(PlanHash.of(planned))
        .contains("it makes " + key(1) + " current again: the ledger has seen it")
        .contains("can't be decrypted: 7")
        .doesNotContain("it can't be known");
    assertThat(ToBeKnown.of(planned)).anyMatch(line -> line.contains("AKS does not document"));
  }

  /** Nobody has approved what they weren't told (promise K2). */
  @Test
  void planBecomesOneThatCanNotCount_itIsToBeApprovedAnewAndSaysSo() {
    Operation countable = operation(looked(new DroppedKey(7, true, DroppedKey.Reach.ALL)));
    Operation unknown =
        operation(looked(new DroppedKey(7, true, DroppedKey.Reach.ALL).notCountable()));
    Order approval =
        new Order(Order.Action.APPROVE, "ana", "read", NOW, null, PlanHash.of(countable));

    assertThat(new Approve().decide(facts(countable.with(countable.progress().with(approval)))))
        .isEqualTo(new Decision.Done(Reason.APPROVED));
    assertThat(new Approve().decide(facts(unknown.with(unknown.progress().with(approval)))))
        .isInstanceOfSatisfying(
            Decision.Stall.class,
            stall -> assertThat(stall.detail()).contains("it can't be known"));
    assertThat(ToBeKnown.of(unknown)).anyMatch(line -> line.startsWith("It can't be known"));
    assertThat(ToBeKnown.of(countable)).noneMatch(line -> line.startsWith("It can't be known"));
  }

  /** What was just dropped seems to be read for a while yet. A ledger can be wrong, though. */
  @Test
  void apiServerReadsTheMissingVersion_itIsWaitedForAWhileIfTheLedgerKnowsBetterThenRefused() {
    Progress looked = looked(new DroppedKey(2, true, DroppedKey.Reach.ALL));
    Operation begun = operation(looked);
    Scrape reading = Samples.scrape(NOW, Samples.of("a").polls(hash(3), NOW).polls(hash(1), NOW));

    assertThat(decided(begun, moved(), reading)).isInstanceOf(Decision.Wait.class);
    assertThat(decided(operation(looked, NOW.minusSeconds(119)), moved(), reading))
        .isInstanceOf(Decision.Wait.class);
    assertThat(decided(operation(looked, NOW.minusSeconds(120)), moved(), reading))
        .isEqualTo(new Decision.Refuse(Reason.VERSION_IN_SLOT, key(1).url()));
    assertThat(decided(begun, Ledger.firstSeen(NOW.minusSeconds(9_000), key(3)), reading))
        .isEqualTo(new Decision.Refuse(Reason.VERSION_IN_SLOT, key(1).url()));
  }

  /** An update of ours may have dropped it: then the cluster is to stay on it. */
  @Test
  void missingVersionIsTheNewest_itIsBroughtBackAndThePlanSaysThatTheClusterStaysOnIt() {
    Progress looked = looked(new DroppedKey(2, true, DroppedKey.Reach.ALL));
    Operation begun = operation(looked, NOW, key(4), key(4));
    Scrape reading = Samples.scrape(NOW, Samples.of("a").polls(hash(3), NOW));

    assertThat(decided(begun, moved(), reading).reason()).isEqualTo(Reason.RECORDING);
    assertThat(((Decision.Stall) new Approve().decide(facts(begun))).detail())
        .contains("the cluster stays on it");
  }

  @Test
  void missingVersionIsOfAnotherKey_itIsBroughtBackAndThePlanSaysWhereTheClusterGoesOnTo() {
    KeyVersion other =
        new KeyVersion(
            KeyId.parse("https://other.vault.azure.net/keys/payments/p1", Cloud.PUBLIC),
            true,
            NOW.minusSeconds(60),
            null,
            null,
            "RSA",
            Set.of("encrypt", "decrypt"));
    Progress looked = looked(new DroppedKey(2, true, DroppedKey.Reach.ALL));
    Operation begun = operation(looked, NOW, other.id(), key(4));
    Facts facts =
        facts(begun, moved())
            .with(clusterOn(3))
            .withVersions(List.of(version(2), version(3), version(4), other))
            .with(Samples.scrape(NOW, Samples.of("a").polls(hash(3), NOW)));

    assertThat(new Check().decide(facts).reason()).isEqualTo(Reason.RECORDING);
    assertThat(((Decision.Stall) new Approve().decide(facts(begun))).detail())
        .contains("it makes " + other.id() + " current again")
        .contains("from there the cluster goes on to " + key(4));
  }

  private static Decision decided(Operation operation, Ledger ledger, Scrape scrape) {
    return new Check()
        .decide(
            facts(operation, ledger)
                .with(clusterOn(3))
                .withVersions(List.of(version(1), version(2), version(3), version(4)))
                .with(scrape));
  }

  private static Facts with(DroppedKey seen) {
    return facts(operation(looked(seen)), moved()).with(clusterOn(3));
  }

  private Decision check(Situation situation) {
    Progress progress =
        switch (situation.of("looked")) {
          case "not-yet" -> Progress.START;
          case "some" -> looked(new DroppedKey(2, true, DroppedKey.Reach.ALL));
          case "none" -> looked(new DroppedKey(0, true, DroppedKey.Reach.ALL));
          case "none-yet" -> looked(new DroppedKey(0, false, DroppedKey.Reach.ALL));
          default -> looked(new DroppedKey(0, false, DroppedKey.Reach.NONE));
        };
    Facts facts =
        facts(operation(progress), moved())
            .with(clusterOn(situation.is("keyId", "from") ? 3 : 9, "now", situation.of("arm")))
            .withVersions(versions(situation));
    boolean asked = new Check().needsBesides(facts).contains(FactKind.SCRAPE);
    return new Check().decide(asked ? facts.with(servers(situation)) : facts);
  }

  private static Scrape servers(Situation situation) {
    Samples one = Samples.of("a").polls(hash(3), NOW).polls(hash(2), NOW);
    Samples other = Samples.of("b").polls(hash(3), NOW).polls(hash(2), NOW);
    return switch (situation.of("servers")) {
      case "all" -> Samples.scrape(NOW, one, other);
      case "reads-it" -> Samples.scrape(NOW, one.polls(hash(1), NOW), other);
      default -> Samples.scrape(NOW, Set.of("a", "b"), one);
    };
  }

  private static List<KeyVersion> versions(Situation situation) {
    List<KeyVersion> versions = new ArrayList<>();
    for (String each : List.of("dropped 1", "previous 2", "current 3", "newest 4")) {
      int number = Integer.parseInt(each.substring(each.length() - 1));
      String fact = each.substring(0, each.length() - 2);
      String how = situation.values().getOrDefault(fact, "fit");
      if (!how.equals("absent")) {
        versions.add(how.equals("fit") ? version(number) : disabled(number));
      }
    }
    return versions;
  }

  private Decision update(Situation situation) {
    Progress progress =
        switch (situation.of("update")) {
          case "none" -> progress(situation);
          case "just" -> sent(situation, 3, 29);
          case "ago" -> sent(situation, 3, 30);
          default -> sent(situation, 4, 60);
        };
    int on = List.of("to", "-", "from", "elsewhere").indexOf(situation.of("keyId")) + 1;
    return UpdateCluster.toDropped()
        .decide(
            facts(operation(progress), moved())
                .with(clusterOn(on, "now", situation.of("arm")))
                .withVersions(versions(situation)));
  }

  private static Progress sent(Situation situation, int attempts, int secondsAgo) {
    Instant at = NOW.minusSeconds(secondsAgo);
    return progress(situation).with(new Update("then", attempts, at, null));
  }

  /** What was written and counted; the plan says what can't be known, where it says so. */
  private static Progress progress(Situation situation) {
    String ground = situation.of("ground");
    boolean countable = !ground.startsWith("unknown");
    DroppedKey seen = new DroppedKey(2, true, DroppedKey.Reach.ALL);
    Progress checked = looked(countable ? seen : seen.notCountable()).withChecked();
    if (ground.equals("none") || ground.equals("unknown")) {
      return checked;
    }
    Passes count =
        Passes.of("count", PassKind.COUNT, hash(3))
            .etag(ground.equals("counted-earlier") ? "then" : "now");
    Progress written = checked.with(Passes.of("rescue", PassKind.WRITE, hash(3)).clean());
    return ground.endsWith("foreign")
        ? written.with(count.withForeignReads(hash(2)))
        : written.with(ReadableCountPasses.withUnreadable(count, hash(3)));
  }

  private static Progress looked(DroppedKey seen) {
    return Progress.START.with(Findings.NONE.with(seen));
  }

  private static Operation operation(Progress progress) {
    return operation(progress, NOW);
  }

  private static Operation operation(Progress progress, Instant startedAt) {
    return operation(progress, startedAt, key(1), key(4));
  }

  private static Operation operation(
      Progress progress, Instant startedAt, KeyId missing, KeyId last) {
    Route route = Route.of(KmsSettings.of(key(3)), KmsSettings.of(missing), KmsSettings.of(last));
    Origin person = new Origin(Origin.Trigger.HTTP, "ana", "to read them again");
    return new Operation(
        "1", Kind.RECOVER_DROPPED_KEY, CLUSTER, person, route, startedAt, progress);
  }

  /** The ledger of a cluster that was rotated from version 2 to version 3. */
  private static Ledger moved() {
    return Ledger.firstSeen(NOW.minusSeconds(9_000), key(2))
        .current(key(3), NOW.minusSeconds(8_000), "20260301-0");
  }
}
