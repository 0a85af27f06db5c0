package dev.rekey.operation.step;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.ledger;
import static dev.rekey.operation.Example.operation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.operation.StepReport;
import dev.rekey.operation.Update;
import dev.rekey.operation.step.DecisionTable.Situation;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProveCurrentTransitionsTest {
  /**
   * {@code pass}: the step's last one (see {@link PassOfStep}). {@code its-etag}: whether ARM still
   * shows the ETag that it began with. {@code update}: {@code reached} where ARM has shown its
   * target since. {@code servers}: what one has done since it ended. {@code rounds}: how many of
   * its kind there are, it included. {@code began}: up to an hour ago, or longer. {@code retried}:
   * whether a person has asked since.
   */
  private static final DecisionTable TABLE =
      DecisionTable.of(
          """
          keyId:    from to elsewhere
          proof:    holds holds-for-both other-etag for-another-target none
          arm:      settled Updating
          update:   none sent reached
          pass:     none count-listing count-listed count-running write-listed proof-listed count-clean count-new-key count-foreign count-few count-unread count-failed count-void write-clean write-void proof-clean proof-unread proof-failed proof-void
          its-etag: same moved
          servers:  quiet wrote-else restarted
          rounds:   1 3 5
          began:    hour longer
          retried:  no yes

          to elsewhere | * | * | * | * | * | * | * | * | * | done: key-already-moved
          from | * | * | reached | * | * | * | * | * | * | done: key-already-moved
          from | holds holds-for-both | * | none sent | none | * | * | * | * | * | done: proved-on-current
          from | holds holds-for-both | * | none sent | count-clean proof-clean | * | quiet | * | * | * | done: proved-on-current
          from | holds holds-for-both | Updating | none sent | count-clean proof-clean | * | wrote-else restarted | * | * | * | done: proved-on-current
          from | holds holds-for-both | * | sent | count-new-key | * | quiet | * | * | * | done: proved-on-current
          from | holds holds-for-both | Updating | sent | count-new-key | * | wrote-else restarted | * | * | * | done: proved-on-current

          from | * | settled | none sent | count-listing | * | * | * | * | * | act list same count: listing-secrets
          from | * | settled | none | count-listed | * | * | * | * | * | act find-write-keys: looking-for-write-key
          from | * | settled | sent | count-listed | * | * | * | * | * | act begin-pass: reading-counters
          from | * | settled | none sent | count-running | * | * | * | * | * | act dispatch [0] by 32: dispatching-shards
          from | * | settled | none | write-listed proof-listed | * | * | * | * | * | act find-write-keys: looking-for-write-key

          from | other-etag for-another-target none | Updating | none sent | none count-clean proof-clean | * | * | * | * | * | wait 15s: cluster-busy
          from | * | Updating | none | count-new-key | * | * | * | * | * | wait 15s: cluster-busy
          from | other-etag for-another-target none | Updating | sent | count-new-key | * | * | * | * | * | wait 15s: cluster-busy
          from | * | Updating | none sent | count-foreign count-few count-unread count-failed count-void write-clean write-void proof-unread proof-failed proof-void | * | * | * | * | * | wait 15s: cluster-busy
          from | * | Updating | none sent | count-listing count-listed count-running | * | * | * | * | * | wait 15s: cluster-busy
          from | * | Updating | none sent | write-listed proof-listed | * | * | * | * | * | wait 15s: cluster-busy

          from | other-etag for-another-target none | settled | none sent | none | * | * | * | * | * | act list new count: listing-secrets

          from | other-etag for-another-target none | settled | none | count-clean | same | quiet | * | * | * | act note-proved v1 at now: recording
          from | other-etag for-another-target none | settled | sent | count-clean count-new-key | same | quiet | * | * | * | act note-proved v1 or v2 at now: recording
          from | other-etag for-another-target none | settled | none | count-clean | moved | quiet | 1 3 | * | * | act list new count: listing-secrets
          from | other-etag for-another-target none | settled | none | count-clean | moved | quiet | 5 | longer | * | act list new count: listing-secrets
          from | other-etag for-another-target none | settled | none | count-clean | moved | quiet | 5 | hour | yes | act list new count: listing-secrets
          from | other-etag for-another-target none | settled | none | count-clean | moved | quiet | 5 | hour | no | stall: etag-keeps-moving
          from | * | settled | none | count-clean | * | wrote-else | 1 3 | * | * | act list new count: listing-secrets
          from | * | settled | none | count-clean | * | wrote-else | 5 | longer | * | act list new count: listing-secrets
          from | * | settled | none | count-clean | * | wrote-else | 5 | hour | yes | act list new count: listing-secrets
          from | * | settled | none | count-clean | * | wrote-else | 5 | hour | no | stall: still-foreign-reads
          from | * | settled | none | count-clean | * | restarted | 1 3 | * | * | act list new count: listing-secrets
          from | * | settled | none | count-clean | * | restarted | 5 | longer | * | act list new count: listing-secrets
          from | * | settled | none | count-clean | * | restarted | 5 | hour | yes | act list new count: listing-secrets
          from | * | settled | none | count-clean | * | restarted | 5 | hour | no | stall: counters-interrupted
          from | other-etag for-another-target none | settled | sent | count-clean count-new-key | moved | quiet | 1 3 | * | * | act list new count: listing-secrets
          from | other-etag for-another-target none | settled | sent | count-clean count-new-key | moved | quiet | 5 | longer | * | act list new count: listing-secrets
          from | other-etag for-another-target none | settled | sent | count-clean count-new-key | moved | quiet | 5 | hour | yes | act list new count: listing-secrets
          from | other-etag for-another-target none | settled | sent | count-clean count-new-key | moved | quiet | 5 | hour | no | stall: etag-keeps-moving
          from | * | settled | sent | count-clean count-new-key | * | wrote-else | 1 3 | * | * | act list new count: listing-secrets
          from | * | settled | sent | count-clean count-new-key | * | wrote-else | 5 | longer | * | act list new count: listing-secrets
          from | * | settled | sent | count-clean count-new-key | * | wrote-else | 5 | hour | yes | act list new count: listing-secrets
          from | * | settled | sent | count-clean count-new-key | * | wrote-else | 5 | hour | no | stall: still-foreign-reads
          from | * | settled | sent | count-clean count-new-key | * | restarted | 1 3 | * | * | act list new count: listing-secrets
          from | * | settled | sent | count-clean count-new-key | * | restarted | 5 | longer | * | act list new count: listing-secrets
          from | * | settled | sent | count-clean count-new-key | * | restarted | 5 | hour | yes | act list new count: listing-secrets
          from | * | settled | sent | count-clean count-new-key | * | restarted | 5 | hour | no | stall: counters-interrupted

          from | * | settled | none | count-new-key count-foreign count-few count-unread count-failed | * | * | * | * | * | act list new write: listing-secrets
          from | * | settled | sent | count-foreign count-few count-unread count-failed | * | * | * | longer | * | act list new count: listing-secrets
          from | * | settled | sent | count-foreign count-few count-unread count-failed | * | * | * | hour | yes | act list new count: listing-secrets
          from | * | settled | sent | count-foreign | * | * | * | hour | no | stall: foreign-key-stored
          from | * | settled | sent | count-few count-unread count-failed | * | * | * | hour | no | stall: unproved-exceptions

          from | * | settled | none sent | count-void | * | * | 1 | * | * | act list new count: listing-secrets
          from | * | settled | none sent | count-void | * | * | 3 5 | longer | * | act list new count: listing-secrets
          from | * | settled | none sent | count-void | * | * | 3 5 | hour | yes | act list new count: listing-secrets
          from | * | settled | none sent | count-void | * | * | 3 5 | hour | no | stall: counters-interrupted

          from | * | settled | none | write-clean | * | * | * | * | * | act list new proof: listing-secrets
          from | * | settled | none | write-void | * | * | 1 | * | * | act list new write: listing-secrets
          from | * | settled | none | write-void | * | * | 3 5 | longer | * | act list new write: listing-secrets
          from | * | settled | none | write-void | * | * | 3 5 | hour | yes | act list new write: listing-secrets
          from | * | settled | none | write-void | * | * | 3 5 | hour | no | stall: still-foreign-reads

          from | other-etag for-another-target none | settled | none | proof-clean | same | quiet | * | * | * | act note-proved v1 at now: recording
          from | other-etag for-another-target none | settled | none | proof-clean | moved | quiet | * | * | * | act list new count: listing-secrets
          from | * | settled | none | proof-clean | * | wrote-else restarted | * | * | * | act list new count: listing-secrets
          from | * | settled | none | proof-unread proof-failed | * | * | * | * | yes | act list new write of exceptions: listing-secrets
          from | * | settled | none | proof-unread proof-failed | * | * | * | longer | no | act list new count: listing-secrets
          from | * | settled | none | proof-unread | * | * | * | hour | no | stall: unproved-exceptions
          from | * | settled | none | proof-failed | * | * | * | hour | no | stall: key-version-dropped
          from | * | settled | none | proof-void | * | * | 1 | * | * | act list new proof: listing-secrets
          from | * | settled | none | proof-void | * | * | 3 5 | longer | * | act list new proof: listing-secrets
          from | * | settled | none | proof-void | * | * | 3 5 | hour | yes | act list new proof: listing-secrets
          from | * | settled | none | proof-void | * | * | 3 5 | hour | no | stall: counters-interrupted

          from | * | settled | sent | write-listed proof-listed write-clean write-void proof-unread proof-failed proof-void | * | * | * | * | * | act list new count: listing-secrets
          from | other-etag for-another-target none | settled | sent | proof-clean | * | * | * | * | * | act list new count: listing-secrets
          from | holds holds-for-both | settled | sent | proof-clean | * | wrote-else restarted | * | * | * | act list new count: listing-secrets
          """);

  private final ProveCurrent step = new ProveCurrent(new PassRounds(Limits.FLEET));

  @Test
  void everyCombination_isDecidedAsTheTableSays() {
    assertThat(TABLE.size()).isEqualTo(123_120);
    TABLE.assertDecides(this::decide);
  }

  @Test
  void k2_onceAnUpdateMayHaveBeenSent_onlyCountsAreBegunAndGoneOnWith() {
    TABLE.forEach(
        this::decide,
        (situation, decision) -> {
          if (!situation.is("update", "none") && decision instanceof Decision.Act act) {
            if (act.effect() instanceof Effect.ListSecrets list) {
              assertThat(list.pass().kind()).as("%s", situation).isEqualTo(PassKind.COUNT);
            } else if (!(act.effect() instanceof Effect.NoteProved)) {
              assertThat(situation.of("pass")).startsWith("count");
            }
          }
        });
  }

  @Test
  void k2_nothingIsNotedAsProvedButWhatTheCountersSayInTheStateThatArmShows() {
    TABLE.forEach(
        this::decide,
        (situation, decision) -> {
          if (decision instanceof Decision.Act act && act.effect() instanceof Effect.NoteProved) {
            assertThat(situation.of("its-etag")).isEqualTo("same");
            assertThat(situation.of("pass")).isIn("count-clean", "count-new-key", "proof-clean");
          }
        });
  }

  @Test
  void k2_nothingThatMayBeSentRestsOnAPassThatWasContradictedSince() {
    TABLE.forEach(
        this::decide,
        (situation, decision) -> {
          boolean mayBeSent =
              situation.is("keyId", "from")
                  && situation.is("arm", "settled")
                  && !situation.is("update", "reached");
          if (decision instanceof Decision.Done && mayBeSent && !situation.is("pass", "none")) {
            assertThat(situation.of("servers")).as("%s", situation).isEqualTo("quiet");
            assertThat(situation.of("pass")).isIn("count-clean", "count-new-key", "proof-clean");
          }
        });
  }

  private Decision decide(Situation situation) {
    int on = List.of("from", "to", "elsewhere").indexOf(situation.of("keyId")) + 1;
    String arm = situation.is("arm", "settled") ? "Failed" : "Updating";
    return step.decide(
        facts(operation(Kind.ROTATE).with(progress(situation)), ledgerOf(situation))
            .with(clusterOn(on, "now", arm))
            .with(Samples.scrape(NOW, server(situation), Samples.of("b").reads(hash(1), 104)))
            .withShards(List.of(Shard.of(0, Samples.secrets(10)))));
  }

  private static Samples server(Situation situation) {
    Samples quiet = Samples.of("a").reads(hash(1), 106);
    return switch (situation.of("servers")) {
      case "wrote-else" -> quiet.writes(hash(0), 1);
      case "restarted" -> quiet.startedAt(NOW.minusSeconds(1));
      default -> quiet;
    };
  }

  private static Progress progress(Situation situation) {
    Instant began =
        NOW.minus(Duration.ofHours(1)).minusMillis(situation.is("began", "hour") ? 0 : 1);
    Progress progress = Progress.START.withChecked();
    if (!situation.is("update", "none")) {
      progress = progress.with(new Update("then", 1, NOW.minusSeconds(1), null));
    }
    if (situation.is("update", "reached")) {
      progress =
          progress.with(
              new StepReport(3, StepName.UPDATE_CLUSTER, Reason.KEY_ID_UPDATED, NOW, NOW));
    }
    if (!situation.is("pass", "none")) {
      PassOfStep last = new PassOfStep("prove-current", situation.of("pass"));
      Passes passes =
          last.passes(hash(1))
              .begunAt(began)
              .etag(situation.is("its-etag", "same") ? "now" : "then");
      for (int round = 1; round < Integer.parseInt(situation.of("rounds")); round++) {
        progress = progress.with(passes.round(round).clean());
      }
      progress = progress.with(last.built(passes.round(7)));
    }
    return situation.is("retried", "yes") ? progress.retried(began.plusMillis(1)) : progress;
  }

  private static Ledger ledgerOf(Situation situation) {
    return switch (situation.of("proof")) {
      case "holds" -> ledger().proved(new ProvedOn(key(1), "now", NOW, "o"));
      case "holds-for-both" ->
          ledger().proved(new ProvedOn(hash(1), key(1), "now", NOW, "o", hash(2)));
      case "other-etag" -> ledger().proved(new ProvedOn(key(1), "then", NOW, "o"));
      case "for-another-target" ->
          ledger().proved(new ProvedOn(hash(1), key(1), "now", NOW, "o", hash(3)));
      default -> ledger();
    };
  }
}
