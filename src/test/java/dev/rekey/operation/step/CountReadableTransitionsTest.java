package dev.rekey.operation.step;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.ORIGIN;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Decision;
import dev.rekey.operation.DroppedKey;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Findings;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.StepName;
import dev.rekey.operation.Update;
import dev.rekey.operation.step.DecisionTable.Situation;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Scrape;
import dev.rekey.reencryption.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What is written and counted before an update drops the previous slot. Version 1 is current, 2 the
 * dropped one that is to be brought back, 0 the one in the previous slot.
 */
class CountReadableTransitionsTest {
  /**
   * {@code pass}: the last count (see {@link PassOfStep}); {@code count-failed}: all is well, and
   * one Secret can't be decrypted; {@code before-write}: one that came before the last write.
   * {@code servers}: how the API servers are now: as they were, one has written under another key
   * or has restarted since, they read different keys, or one isn't seen.
   */
  private static final DecisionTable COUNT =
      DecisionTable.of(
          """
          keyId:    from to
          arm:      settled Updating
          update:   none sent
          pass:     none count-listed count-running before-write count-failed count-clean count-new-key count-foreign count-few count-unread count-void
          its-etag: same moved
          servers:  quiet wrote-else restarted different not-all
          rounds:   1 3 5
          age:      hour longer

          to   | *        | *    | *             | *     | *          | *   | *      | done: key-already-moved
          from | *        | *    | count-listed  | *     | *          | *   | *      | act begin-pass: reading-counters
          from | *        | *    | count-running | *     | *          | *   | *      | act dispatch [0] by 32: dispatching-shards
          from | Updating | *    | none before-write count-failed count-clean count-new-key count-foreign count-few count-unread count-void | * | * | * | * | wait 10s: cluster-busy

          from | settled  | *    | none before-write | * | *          | *   | *      | act list new count: listing-secrets

          from | settled  | *    | count-void    | *     | *          | 1   | *      | act list new count: listing-secrets
          from | settled  | *    | count-void    | *     | *          | 3 5 | longer | act list new count: listing-secrets
          from | settled  | none | count-void    | *     | *          | 3 5 | hour   | act note-not-countable: recording
          from | settled  | sent | count-void    | *     | *          | 3 5 | hour   | stall: counters-interrupted

          from | settled  | *    | count-foreign | *     | *          | *   | hour   | stall: foreign-key-stored
          from | settled  | *    | count-foreign | *     | *          | *   | longer | act list new count: listing-secrets
          from | settled  | none | count-new-key | *     | *          | *   | hour   | stall: foreign-key-stored
          from | settled  | none | count-new-key | *     | *          | *   | longer | act list new count: listing-secrets

          from | settled  | none | count-few count-unread | * | *     | *   | hour   | act note-not-countable: recording
          from | settled  | sent | count-few count-unread | * | *     | *   | hour   | stall: unproved-exceptions
          from | settled  | *    | count-few count-unread | * | *     | *   | longer | act list new count: listing-secrets

          from | settled  | none | count-clean   | *     | *          | *   | *      | refuse: nothing-unreadable

          from | settled  | none | count-failed  | moved | *          | 1 3 | *      | act list new count: listing-secrets
          from | settled  | none | count-failed  | moved | *          | 5   | longer | act list new count: listing-secrets
          from | settled  | none | count-failed  | moved | *          | 5   | hour   | stall: etag-keeps-moving
          from | settled  | none | count-failed  | same  | quiet      | *   | *      | done: nothing-to-lose
          from | settled  | none | count-failed  | same  | different  | *   | *      | wait 10s: replicas-read-different-keys
          from | settled  | none | count-failed  | same  | not-all    | *   | *      | wait 10s: replica-not-seen
          from | settled  | none | count-failed  | same  | wrote-else restarted | 1 3 | * | act list new count: listing-secrets
          from | settled  | none | count-failed  | same  | wrote-else restarted | 5 | longer | act list new count: listing-secrets
          from | settled  | none | count-failed  | same  | wrote-else | 5   | hour   | stall: still-foreign-reads
          from | settled  | none | count-failed  | same  | restarted  | 5   | hour   | act note-not-countable: recording

          from | settled  | sent | count-failed count-clean count-new-key | moved | * | 1 3 | *  | act list new count: listing-secrets
          from | settled  | sent | count-failed count-clean count-new-key | moved | * | 5 | longer | act list new count: listing-secrets
          from | settled  | sent | count-failed count-clean count-new-key | moved | * | 5 | hour | stall: etag-keeps-moving
          from | settled  | sent | count-failed count-clean count-new-key | same | quiet different | * | * | done: nothing-to-lose
          from | settled  | sent | count-failed count-clean count-new-key | same | not-all | * | * | wait 10s: replica-not-seen
          from | settled  | sent | count-failed count-clean count-new-key | same | wrote-else restarted | 1 3 | * | act list new count: listing-secrets
          from | settled  | sent | count-failed count-clean count-new-key | same | wrote-else restarted | 5 | longer | act list new count: listing-secrets
          from | settled  | sent | count-failed count-clean count-new-key | same | wrote-else | 5 | hour | stall: still-foreign-reads
          from | settled  | sent | count-failed count-clean count-new-key | same | restarted | 5 | hour | stall: counters-interrupted
          """);

  /**
   * Where the approved plan says that nothing can be counted. {@code reach}: whether the API
   * servers answered at the last look; {@code looked}: whether that was just now.
   */
  private static final DecisionTable UNKNOWN =
      DecisionTable.of(
          """
          reach:  all none
          looked: now before
          pass:   none count-running count-failed count-foreign count-unread count-void
          rounds: 1 3

          none | before | *                                  | * | act look-for-unreadable: looking-for-unreadable
          none | now    | count-foreign                      | * | stall: foreign-key-stored
          none | now    | none count-running count-failed count-unread count-void | * | done: count-not-possible
          all  | *      | none                               | * | act list new count: listing-secrets
          all  | *      | count-running                      | * | act dispatch [0] by 32: dispatching-shards
          all  | *      | count-failed                       | * | done: nothing-to-lose
          all  | *      | count-foreign                      | * | stall: foreign-key-stored
          all  | *      | count-unread                       | * | done: count-not-possible
          all  | *      | count-void                         | 1 | act list new count: listing-secrets
          all  | *      | count-void                         | 3 | done: count-not-possible
          """);

  /**
   * {@code pass}: the last write. {@code count}: the last count, which came after it or before, has
   * found something under another key, or can't rest on the write since a server has restarted.
   */
  private static final DecisionTable WRITE =
      DecisionTable.of(
          """
          keyId:   from to elsewhere
          arm:     settled Updating
          pass:    none write-listed write-running write-clean write-void
          count:   none fine foreign restarted before
          servers: all-read not-read not-all
          rounds:  1 4
          age:     hour longer

          to        | *        | *             | *                | *        | * | *      | done: key-already-moved
          elsewhere | *        | *             | *                | *        | * | *      | stall: cluster-on-another-key
          from      | Updating | *             | *                | *        | * | *      | wait 10s: cluster-busy
          from      | settled  | none          | *                | all-read | * | *      | act list new write: listing-secrets
          from      | settled  | none          | *                | not-read | * | *      | wait 10s: replica-does-not-read-target
          from      | settled  | none          | *                | not-all  | * | *      | wait 10s: replica-not-seen
          from      | settled  | write-listed  | *                | *        | * | *      | act begin-pass: reading-counters
          from      | settled  | write-running | *                | *        | * | *      | act dispatch [0] by 32: dispatching-shards
          from      | settled  | write-void    | *                | *        | 1 | *      | act list new write: listing-secrets
          from      | settled  | write-void    | *                | *        | 4 | hour   | stall: still-foreign-reads
          from      | settled  | write-void    | *                | *        | 4 | longer | act list new write: listing-secrets
          from      | settled  | write-clean   | none fine before | *        | * | *      | done: rescued
          from      | settled  | write-clean   | foreign restarted | all-read | 1 | *     | act list new write: listing-secrets
          from      | settled  | write-clean   | foreign restarted | not-read | 1 | *     | wait 10s: replica-does-not-read-target
          from      | settled  | write-clean   | foreign restarted | not-all | 1 | *      | wait 10s: replica-not-seen
          from      | settled  | write-clean   | foreign restarted | *       | 4 | hour   | stall: still-foreign-reads
          from      | settled  | write-clean   | foreign restarted | all-read | 4 | longer | act list new write: listing-secrets
          from      | settled  | write-clean   | foreign restarted | not-read | 4 | longer | wait 10s: replica-does-not-read-target
          from      | settled  | write-clean   | foreign restarted | not-all | 4 | longer | wait 10s: replica-not-seen
          """);

  private static final DroppedKey ALL = new DroppedKey(2, true, DroppedKey.Reach.ALL);

  private final CountReadable count = new CountReadable(new PassRounds(Limits.FLEET));
  private final WriteReadable write = new WriteReadable(new PassRounds(Limits.FLEET));

  @Test
  void everyCombinationOfACount_isDecidedAsTheTableSays() {
    assertThat(COUNT.size()).isEqualTo(5_280);
    COUNT.assertDecides(this::count);
  }

  @Test
  void everyCombinationWhereNothingCanBeCounted_isDecidedAsTheTableSays() {
    UNKNOWN.assertDecides(this::unknown);
  }

  @Test
  void everyCombinationOfAWrite_isDecidedAsTheTableSays() {
    assertThat(WRITE.size()).isEqualTo(1_800);
    WRITE.assertDecides(this::write);
  }

  @Test
  void serversAreLookedAtOnceMoreWhereTheUpdateMayBeSent() {
    Progress counted =
        plan(ALL).with(written(120)).with(ReadableCountPasses.withUnreadable(counts(120), hash(1)));

    assertThat(count.needsBesides(facts(operation(counted)).with(clusterOn(1))))
        .containsExactly(FactKind.SCRAPE);
    assertThat(count.needsBesides(facts(operation(plan(ALL))).with(clusterOn(1)))).isEmpty();
    assertThat(count.needsBesides(facts(operation(counted)).with(clusterOn(2)))).isEmpty();
  }

  /** An answer that nobody has counted may have been made up on the way. */
  @Test
  void serversHaveNotCountedTheSecretThatCanNotBeDecrypted_itMayLieInTheSlot() {
    Progress counted =
        plan(ALL)
            .with(written(120))
            .with(ReadableCountPasses.withUnreadable(counts(120), hash(1), 0));

    assertThat(count.decide(facts(operation(counted)).with(clusterOn(1)).with(quiet())))
        .isEqualTo(AnswersToCount.NOT_COUNTABLE);
  }

  @Test
  void serversGiveNoAnswerForLong_theyAreLookedAtAnew() {
    for (StepName step : List.of(StepName.RESCUE, StepName.COUNT)) {
      Progress silent = plan(ALL).with(pending(step, Reason.COUNTING, 6));
      Facts facts = facts(operation(silent)).with(clusterOn(1));

      assertThat(write.needs(operation(silent))).containsExactly(FactKind.CLUSTER);
      assertThat(write.needsBesides(facts)).isEmpty();
      assertThat(write.decide(facts)).isEqualTo(AnswersToCount.LOOK);
      assertThat(count.decide(facts)).isEqualTo(AnswersToCount.LOOK);
      Progress sent = silent.with(new Update("then", 1, NOW.minusSeconds(60), null));
      assertThat(Told.of(count.decide(facts(operation(sent)).with(clusterOn(1)))))
          .isEqualTo("act list new count: listing-secrets");
    }
  }

  /** Another look counts: an approval may have taken days. */
  @Test
  void serversDoNotAnswer_writingIsGoneWithoutAfterAnotherLookAlone() {
    Progress without = plan(new DroppedKey(2, true, DroppedKey.Reach.NONE));
    assertThat(write.decide(facts(operation(without)).with(clusterOn(1))))
        .isEqualTo(AnswersToCount.LOOK);
    Progress looked = without.with(pending(StepName.RESCUE, Reason.LOOKING_FOR_UNREADABLE, 0));
    assertThat(Told.of(write.decide(facts(operation(looked)).with(clusterOn(1)))))
        .isEqualTo("done: rescue-not-possible");
    Progress answering =
        plan(new DroppedKey(2, true, DroppedKey.Reach.ALL).notCountable())
            .with(pending(StepName.RESCUE, Reason.LOOKING_FOR_UNREADABLE, 0));
    assertThat(
            Told.of(
                write.decide(
                    facts(operation(answering)).with(clusterOn(1)).with(reading("all-read")))))
        .isEqualTo("act list new write: listing-secrets");
  }

  @Test
  void oneServerDoesNotReadTheCurrentVersionForLong_peopleAreTold() {
    Pending since = pending(StepName.RESCUE, Reason.REPLICA_DOES_NOT_READ_TARGET, 0);
    Facts facts = facts(operation(plan(ALL).with(since))).with(clusterOn(1));

    assertThat(Told.of(write.decide(facts.with(reading("not-read")))))
        .isEqualTo("stall: not-converging");
  }

  @Test
  void oneServerIsNotSeenForLong_isLookedAtAnew_butNotWhereOurClockIsWrong() {
    Pending since = pending(StepName.RESCUE, Reason.REPLICA_NOT_SEEN, 0);
    Facts facts = facts(operation(plan(ALL).with(since))).with(clusterOn(1));

    assertThat(write.decide(facts.with(reading("not-all")))).isEqualTo(AnswersToCount.LOOK);
    assertThat(Told.of(write.decide(facts.with(Samples.scrape(NOW)))))
        .isEqualTo("wait 10s: replica-not-seen");
  }

  private Decision count(Situation situation) {
    int age = situation.is("age", "hour") ? 120 : 3_800;
    Progress progress = plan(ALL).with(written(age + 200));
    if (situation.is("update", "sent")) {
      progress = progress.with(new Update("then", 1, NOW.minusSeconds(60), null));
    }
    String name = situation.of("pass");
    Passes passes = counts(age).etag(situation.is("its-etag", "same") ? "\"etag-1\"" : "then");
    if (!name.equals("none")) {
      for (int round = 1; round < Integer.parseInt(situation.of("rounds")); round++) {
        progress = progress.with(passes.round(round).interrupted());
      }
      progress = progress.with(countPass(name, passes.round(7)));
    }
    if (name.equals("before-write")) {
      progress = progress.with(written(60).over(written(60).scope()));
    }
    int on = situation.is("keyId", "from") ? 1 : 2;
    String arm = situation.is("arm", "settled") ? "Succeeded" : "Updating";
    return count.decide(
        facts(operation(progress))
            .with(clusterOn(on, "\"etag-1\"", arm))
            .with(servers(situation.of("servers")))
            .withShards(List.of(Shard.of(0, Samples.secrets(10)))));
  }

  private static Pass countPass(String name, Passes passes) {
    String built = name.equals("before-write") ? "count-failed" : name;
    return new PassOfStep("count", built).built(passes);
  }

  private Decision unknown(Situation situation) {
    boolean answers = situation.is("reach", "all");
    DroppedKey seen =
        new DroppedKey(2, true, answers ? DroppedKey.Reach.ALL : DroppedKey.Reach.NONE);
    Progress progress = plan(seen.notCountable()).with(written(400));
    if (situation.is("looked", "now")) {
      progress = progress.with(pending(StepName.COUNT, Reason.LOOKING_FOR_UNREADABLE, 0));
    }
    if (!situation.is("pass", "none")) {
      for (int round = 1; round < Integer.parseInt(situation.of("rounds")); round++) {
        progress = progress.with(counts(120).round(round).interrupted());
      }
      progress = progress.with(countPass(situation.of("pass"), counts(120).round(7)));
    }
    return count.decide(
        facts(operation(progress))
            .with(clusterOn(1))
            .with(quiet())
            .withShards(List.of(Shard.of(0, Samples.secrets(10)))));
  }

  private Decision write(Situation situation) {
    int age = situation.is("age", "hour") ? 300 : 3_900;
    Progress progress = plan(ALL);
    Passes passes = Passes.of("rescue", PassKind.WRITE, hash(1)).begunAt(NOW.minusSeconds(age));
    if (situation.is("count", "before")) {
      progress = progress.with(counts(age + 200).withForeignReads(hash(0)));
    }
    if (!situation.is("pass", "none")) {
      for (int round = 1; round < Integer.parseInt(situation.of("rounds")); round++) {
        progress = progress.with(passes.round(round).clean());
      }
      progress =
          progress.with(new PassOfStep("rescue", situation.of("pass")).built(passes.round(7)));
      progress = withCount(progress, situation.of("count"));
    }
    int on = List.of("from", "to", "elsewhere").indexOf(situation.of("keyId")) + 1;
    String arm = situation.is("arm", "settled") ? "Succeeded" : "Updating";
    return write.decide(
        facts(operation(progress))
            .with(clusterOn(on, "\"etag-1\"", arm))
            .with(reading(situation.of("servers")))
            .withShards(List.of(Shard.of(0, Samples.secrets(10)))));
  }

  private static Progress withCount(Progress progress, String how) {
    boolean isAtWork = progress.passes().stream().anyMatch(pass -> !pass.hasEnded());
    if (isAtWork) {
      return progress; // only one pass is ever under way
    }
    return switch (how) {
      case "fine" -> progress.with(ReadableCountPasses.withUnreadable(counts(120), hash(1)));
      case "foreign" -> progress.with(counts(120).withForeignReads(hash(0)));
      case "restarted" -> progress.with(restartedSince(progress));
      default -> progress;
    };
  }

  /** A count before whose first scrape, and after the write, a server has restarted. */
  private static Pass restartedSince(Progress progress) {
    Samples anew = Samples.of("b").reads(hash(1), 5).startedAt(NOW.minusSeconds(130));
    Pass begun = counts(120).listed();
    return begun
        .running(Samples.scrape(NOW.minusSeconds(110), Samples.of("a").reads(hash(1), 200), anew))
        .ended(
            Samples.scrape(
                NOW.minusSeconds(20),
                Samples.of("a").reads(hash(1), 205),
                Samples.of("b").reads(hash(1), 10).startedAt(NOW.minusSeconds(130))),
            Samples.allCurrent(10),
            dev.rekey.reencryption.ExceptionCounts.NONE);
  }

  private static Scrape reading(String how) {
    Samples one = Samples.of("a").polls(hash(1), NOW);
    return switch (how) {
      case "all-read" -> Samples.scrape(NOW, one, Samples.of("b").polls(hash(1), NOW));
      case "not-read" -> Samples.scrape(NOW, one, Samples.of("b").polls(hash(0), NOW));
      default -> Samples.scrape(NOW, Set.of("a", "b"), one);
    };
  }

  private static Scrape quiet() {
    return servers("quiet");
  }

  private static Scrape servers(String how) {
    Samples one = Samples.of("a").reads(hash(1), 300).failedReads(9).polls(hash(1), NOW);
    Samples other = Samples.of("b").reads(hash(1), 300).polls(hash(1), NOW);
    return switch (how) {
      case "wrote-else" -> Samples.scrape(NOW, one, other.writes(hash(0), 1));
      case "restarted" -> Samples.scrape(NOW, one, other.startedAt(NOW.minusSeconds(5)));
      case "different" -> Samples.scrape(NOW, one, other.polls(hash(0), NOW));
      case "not-all" -> Samples.scrape(NOW, Set.of("a", "b", "c"), one, other);
      default -> Samples.scrape(NOW, one, other);
    };
  }

  private static Passes counts(int secondsAgo) {
    return Passes.of("count", PassKind.COUNT, hash(1)).begunAt(NOW.minusSeconds(secondsAgo));
  }

  private static Pass written(int secondsAgo) {
    Instant at = NOW.minusSeconds(secondsAgo);
    return Passes.of("rescue", PassKind.WRITE, hash(1)).begunAt(at).round(secondsAgo).clean();
  }

  private static Progress plan(DroppedKey seen) {
    return Progress.START.withChecked().with(Findings.NONE.with(seen));
  }

  private static Pending pending(StepName step, Reason reason, int faults) {
    Instant since = NOW.minus(Duration.ofMinutes(11));
    return new Pending(3, step, since, Pending.Doing.WAITING, reason, NOW, null, faults);
  }

  private static Operation operation(Progress progress) {
    Route route = Route.of(KmsSettings.of(key(1)), KmsSettings.of(key(2)), KmsSettings.of(key(3)));
    return new Operation("1", Kind.RECOVER_DROPPED_KEY, CLUSTER, ORIGIN, route, NOW, progress);
  }
}
