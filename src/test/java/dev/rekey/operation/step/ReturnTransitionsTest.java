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

import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Route;
import dev.rekey.operation.Update;
import dev.rekey.operation.step.DecisionTable.Situation;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Scrape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The steps of the way back from version 2 to version 1. {@code new}: the one that is left, which
 * may well be unusable. {@code proof}: what the ledger says. {@code since}: what may have been in a
 * slot since. {@code loaded}: how one of two API servers shows the new version. {@code third}: when
 * one has written under another version than both.
 */
class ReturnTransitionsTest {
  private static final Instant PROVED_AT = NOW.minus(Duration.ofHours(2));

  private static final DecisionTable CHECK =
      DecisionTable.of(
          """
          arm:    Updating Succeeded Failed Canceled
          keyId:  new old elsewhere
          seen:   all not-all
          proof:  of-old of-old-or-new of-old-or-third of-new none
          since:  new-alone third off
          loaded: never fresh stale read written
          third:  never before after
          old:    fit disabled expired absent
          new:    fit disabled absent

          Updating                  | *             | *       | *                           | *         | *                        | *            | *                       | * | wait 15s: cluster-busy
          Succeeded Failed Canceled | *             | not-all | *                           | *         | *                        | *            | *                       | * | wait 15s: replica-not-seen
          Succeeded Failed Canceled | old elsewhere | all     | *                           | *         | *                        | *            | *                       | * | refuse: cluster-moved
          Succeeded Failed Canceled | new           | all     | of-old-or-third of-new none | *         | *                        | *            | *                       | * | refuse: return-unproved
          Succeeded Failed Canceled | new           | all     | of-old of-old-or-new        | third off | *                        | *            | *                       | * | refuse: return-unproved
          Succeeded Failed Canceled | new           | all     | of-old of-old-or-new        | new-alone | fresh stale read written | *            | *                       | * | refuse: new-key-loaded
          Succeeded Failed Canceled | new           | all     | of-old of-old-or-new        | new-alone | never                    | after        | *                       | * | refuse: foreign-key-stored
          Succeeded Failed Canceled | new           | all     | of-old of-old-or-new        | new-alone | never                    | never before | absent                  | * | refuse: target-not-found
          Succeeded Failed Canceled | new           | all     | of-old of-old-or-new        | new-alone | never                    | never before | disabled expired        | * | refuse: target-unfit
          Succeeded Failed Canceled | new           | all     | of-old of-old-or-new        | new-alone | never                    | never before | fit                     | * | act note-checked: recording
          """);

  private static final DecisionTable UPDATE =
      DecisionTable.of(
          """
          arm:    Updating Succeeded Failed
          keyId:  new old elsewhere
          update: none just ago fourth
          seen:   all not-all
          proof:  of-old of-old-or-new of-old-or-third of-new none
          since:  new-alone third off
          loaded: never fresh stale read written
          third:  never after
          old:    fit disabled absent
          new:    fit disabled absent

          Updating         | *         | *               | *       | *                           | *         | *                        | *     | *        | * | wait 10s: cluster-busy
          Succeeded Failed | elsewhere | *               | *       | *                           | *         | *                        | *     | *        | * | stall: cluster-on-another-key
          Succeeded        | old       | *               | *       | *                           | *         | *                        | *     | *        | * | done: key-id-updated

          Failed           | old       | none            | *       | *                           | *         | *                        | *     | *        | * | stall: cluster-failed
          Failed           | old       | just ago fourth | *       | *                           | *         | *                        | *     | absent   | * | stall: target-not-found
          Failed           | old       | just ago fourth | *       | *                           | *         | *                        | *     | disabled | * | stall: target-unfit
          Failed           | old       | just            | *       | *                           | *         | *                        | *     | fit      | * | wait 1s: cluster-busy
          Failed           | old       | fourth          | *       | *                           | *         | *                        | *     | fit      | * | stall: update-keeps-failing
          Failed           | old       | ago             | *       | *                           | *         | *                        | *     | fit      | * | act update v1 to v1 at now: sending-update

          Succeeded Failed | new       | *               | not-all | *                           | *         | *                        | *     | *        | * | wait 10s: replica-not-seen

          Succeeded Failed | new       | none            | all     | of-old-or-third of-new none | *         | *                        | *     | *        | * | refuse: return-unproved
          Succeeded Failed | new       | none            | all     | of-old of-old-or-new        | third off | *                        | *     | *        | * | refuse: return-unproved
          Succeeded Failed | new       | none            | all     | of-old of-old-or-new        | new-alone | fresh stale read written | *     | *        | * | refuse: new-key-loaded
          Succeeded Failed | new       | none            | all     | of-old of-old-or-new        | new-alone | never                    | after | *        | * | refuse: foreign-key-stored
          Succeeded Failed | new       | none            | all     | of-old of-old-or-new        | new-alone | never                    | never | absent   | * | refuse: target-not-found
          Succeeded Failed | new       | none            | all     | of-old of-old-or-new        | new-alone | never                    | never | disabled | * | refuse: target-unfit
          Succeeded Failed | new       | none            | all     | of-old of-old-or-new        | new-alone | never                    | never | fit      | * | act update v2 to v1 at now: sending-update

          Succeeded Failed | new       | just ago fourth | all     | of-old-or-third of-new none | *         | *                        | *     | *        | * | stall: return-unproved
          Succeeded Failed | new       | just ago fourth | all     | of-old of-old-or-new        | third off | *                        | *     | *        | * | stall: return-unproved
          Succeeded Failed | new       | just ago fourth | all     | of-old of-old-or-new        | new-alone | fresh stale read written | *     | *        | * | stall: new-key-loaded
          Succeeded Failed | new       | just ago fourth | all     | of-old of-old-or-new        | new-alone | never                    | after | *        | * | stall: foreign-key-stored
          Succeeded Failed | new       | just ago fourth | all     | of-old of-old-or-new        | new-alone | never                    | never | absent   | * | stall: target-not-found
          Succeeded Failed | new       | just ago fourth | all     | of-old of-old-or-new        | new-alone | never                    | never | disabled | * | stall: target-unfit
          Succeeded Failed | new       | just            | all     | of-old of-old-or-new        | new-alone | never                    | never | fit      | * | wait 1s: cluster-busy
          Succeeded Failed | new       | fourth          | all     | of-old of-old-or-new        | new-alone | never                    | never | fit      | * | stall: update-keeps-failing
          Succeeded Failed | new       | ago             | all     | of-old of-old-or-new        | new-alone | never                    | never | fit      | * | act update v2 to v1 at now: sending-update
          """);

  @Test
  void everyCombinationAtTheCheck_isDecidedAsTheTableSays() {
    assertThat(CHECK.size()).isEqualTo(64_800);
    CHECK.assertDecides(this::check);
  }

  @Test
  void everyCombinationOfAnUpdate_isDecidedAsTheTableSays() {
    assertThat(UPDATE.size()).isEqualTo(97_200);
    UPDATE.assertDecides(this::update);
  }

  @Test
  void k4_nothingIsSentAwayFromAVersionThatAnApiServerHasEverLoaded() {
    UPDATE.forEach(
        this::update,
        (situation, decision) -> {
          if (isSent(decision) && situation.is("keyId", "new")) {
            assertThat(situation.of("loaded")).isEqualTo("never");
            assertThat(situation.of("seen")).isEqualTo("all");
            assertThat(situation.of("since")).isEqualTo("new-alone");
            assertThat(situation.of("proof")).startsWith("of-old");
          }
        });
  }

  @Test
  void onceAnUpdateMayHaveBeenSent_nothingIsRefusedAnyMore() {
    UPDATE.forEach(
        this::update,
        (situation, decision) -> {
          if (decision instanceof Decision.Refuse) {
            assertThat(situation.of("update")).isEqualTo("none");
          }
        });
  }

  @Test
  void serversAndVaultAreAskedWhereAnUpdateMayBeSent() {
    Facts left = facts(operation(Progress.START)).with(clusterOn(2, "now", "Failed"));
    Facts back = facts(operation(sent(1, 60))).with(clusterOn(1, "now", "Failed"));
    Facts done = facts(operation(sent(1, 60))).with(clusterOn(1, "now", "Succeeded"));

    assertThat(UpdateCluster.back().needsBesides(left))
        .containsExactlyInAnyOrder(FactKind.VERSIONS, FactKind.SCRAPE);
    assertThat(UpdateCluster.back().needsBesides(back)).containsExactly(FactKind.VERSIONS);
    assertThat(UpdateCluster.back().needsBesides(done)).isEmpty();
    assertThat(new Check().needs(operation(Progress.START)))
        .containsExactlyInAnyOrder(
            FactKind.ACCESS, FactKind.CLUSTER, FactKind.VERSIONS, FactKind.SCRAPE);
  }

  @Test
  void approvalOfThisPlanAlone_letsItGoOn() {
    Operation operation = operation(Progress.START.withChecked());
    Operation other =
        new Operation(
            "2", Kind.RETURN, CLUSTER, ORIGIN, Route.of(key(3), key(1)), NOW, Progress.START);

    assertThat(Told.of(new Approve().decide(facts(operation))))
        .isEqualTo("stall: awaiting-approval");
    assertThat(Told.of(new Approve().decide(facts(approved(operation, PlanHash.of(other))))))
        .isEqualTo("stall: awaiting-approval");
    assertThat(Told.of(new Approve().decide(facts(approved(operation, PlanHash.of(operation))))))
        .isEqualTo("done: approved");
  }

  private static Operation approved(Operation operation, String plan) {
    Order order = new Order(Order.Action.APPROVE, "ana", "checked", NOW, null, plan);
    return operation.with(operation.progress().with(order));
  }

  private static boolean isSent(Decision decision) {
    return decision instanceof Decision.Act act && act.effect() instanceof Effect.UpdateCluster;
  }

  private Decision check(Situation situation) {
    return new Check().decide(seen(situation, Progress.START));
  }

  private Decision update(Situation situation) {
    Progress progress =
        switch (situation.of("update")) {
          case "none" -> Progress.START.withChecked();
          case "just" -> sent(3, 29);
          case "ago" -> sent(3, 30);
          default -> sent(4, 60);
        };
    return UpdateCluster.back().decide(seen(situation, progress));
  }

  private static Progress sent(int attempts, int secondsAgo) {
    Instant at = NOW.minusSeconds(secondsAgo);
    return Progress.START.withChecked().with(new Update("then", attempts, at, null));
  }

  private static Facts seen(Situation situation, Progress progress) {
    int on = List.of("old", "new", "elsewhere").indexOf(situation.of("keyId")) + 1;
    return facts(operation(progress), ledgerOf(situation))
        .with(clusterOn(on, "now", situation.of("arm")))
        .withVersions(versions(situation))
        .with(scrape(situation));
  }

  private static Operation operation(Progress progress) {
    return new Operation(
        "1", Kind.RETURN, CLUSTER, ORIGIN, Route.of(key(2), key(1)), NOW, progress);
  }

  private static Ledger ledgerOf(Situation situation) {
    Ledger moved = ledger().mayBeInSlot(key(2), PROVED_AT, "o");
    Ledger since =
        switch (situation.of("since")) {
          case "third" -> moved.current(key(3), NOW, null);
          case "off" -> moved.off(NOW, null);
          default -> moved;
        };
    return switch (situation.of("proof")) {
      case "of-old" -> since.proved(proved(1, null));
      case "of-old-or-new" -> since.proved(proved(1, 2));
      case "of-old-or-third" -> since.proved(proved(1, 3));
      case "of-new" -> since.proved(proved(2, null));
      default -> since;
    };
  }

  private static ProvedOn proved(int number, Integer orUnder) {
    return new ProvedOn(
        hash(number),
        key(number),
        "at-the-rotation",
        PROVED_AT,
        "o",
        orUnder == null ? null : hash(orUnder));
  }

  private static Scrape scrape(Situation situation) {
    Samples one = Samples.of("a").polls(hash(1), NOW).lastWrote(hash(1), NOW);
    Samples other = Samples.of("b").polls(hash(1), NOW);
    switch (situation.of("loaded")) {
      case "fresh" -> other.polls(hash(2), NOW);
      case "stale" -> other.polls(hash(2), NOW.minus(Duration.ofDays(1)));
      case "read" -> other.reads(hash(2), 1);
      case "written" -> other.writes(hash(2), 1);
      default -> {}
    }
    switch (situation.of("third")) {
      case "before" -> other.lastWrote(hash(0), PROVED_AT);
      case "after" -> other.lastWrote(hash(0), PROVED_AT.plusSeconds(1));
      default -> {}
    }
    return situation.is("seen", "all")
        ? Samples.scrape(NOW, one, other)
        : Samples.scrape(NOW, Set.of("a", "b", "c"), one, other);
  }

  private static List<KeyVersion> versions(Situation situation) {
    List<KeyVersion> versions = new ArrayList<>();
    switch (situation.of("old")) {
      case "fit" -> versions.add(version(1));
      case "disabled" -> versions.add(disabled(1));
      case "expired" -> versions.add(expiring(1, NOW));
      default -> {}
    }
    switch (situation.of("new")) {
      case "fit" -> versions.add(version(2));
      case "disabled" -> versions.add(disabled(2));
      default -> {}
    }
    return versions;
  }
}
