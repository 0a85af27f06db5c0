package dev.rekey.operation.step;

import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.hash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Findings;
import dev.rekey.operation.Kind;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Progress;
import dev.rekey.operation.StepName;
import dev.rekey.operation.step.DecisionTable.Situation;
import dev.rekey.reencryption.Estimate;
import dev.rekey.reencryption.ExceptionCounts;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RewriteTransitionsTest {
  /**
   * {@code keyId}: what ARM shows. {@code pass}: the last one of the step. {@code round}: which one
   * it is. {@code began}: up to an hour ago, or longer. {@code retried}: whether a person has asked
   * since. {@code of}: all Secrets, or the exceptions of an earlier operation.
   */
  private static final DecisionTable TABLE =
      DecisionTable.of(
          """
          keyId:     to elsewhere
          arm:       settled Updating
          step:      write prove
          pass:      none LISTING LISTED RUNNING clean exception-read exception-unread foreign-reads foreign-writes interrupted
          round:     1 3
          began:     hour longer
          retried:   no yes
          estimated: yes no
          of:        all exceptions

          *         | *        | *     | none            | 3 | *      | *   | *   | *          | never: the third round has a pass

          to        | settled  | write | none            | 1 | *      | *   | *   | all        | act list new write: listing-secrets
          to        | settled  | write | none            | 1 | *      | *   | *   | exceptions | act list new write of exceptions: listing-secrets
          to        | settled  | prove | none            | 1 | *      | *   | *   | *          | act list new proof: listing-secrets

          to        | settled  | write | LISTING         | * | *      | *   | *   | *          | act list same write: listing-secrets
          to        | settled  | prove | LISTING         | * | *      | *   | *   | *          | act list same proof: listing-secrets
          to        | settled  | write | LISTED          | * | *      | *   | no  | *          | act make-estimate: estimating
          to        | settled  | write | LISTED          | * | *      | *   | yes | *          | act begin-pass: reading-counters
          to        | settled  | prove | LISTED          | * | *      | *   | *   | *          | act begin-pass: reading-counters
          to        | settled  | *     | RUNNING         | * | *      | *   | *   | *          | act dispatch [0] by 32: dispatching-shards

          *         | *        | write | clean exception-read exception-unread foreign-reads | * | * | * | * | * | done: pass-complete
          *         | *        | prove | clean exception-read | * | * | * | * | *    | done: proved
          *         | *        | prove | exception-unread | * | *     | *   | *   | *          | done: proved-but-exceptions

          to        | settled  | write | foreign-writes  | 1 | *      | *   | *   | *          | act list new write: listing-secrets
          to        | settled  | write | foreign-writes  | 3 | longer | *   | *   | *          | act list new write: listing-secrets
          to        | settled  | write | foreign-writes  | 3 | hour   | yes | *   | *          | act list new write: listing-secrets
          to        | settled  | write | foreign-writes  | 3 | hour   | no  | *   | *          | stall: still-foreign-reads
          *         | *        | write | interrupted     | * | *      | *   | *   | *          | done: pass-complete

          to        | settled  | prove | foreign-reads foreign-writes interrupted | 1 | * | * | * | *      | act list new proof: listing-secrets
          to        | settled  | prove | foreign-reads foreign-writes interrupted | 3 | longer | * | * | * | act list new proof: listing-secrets
          to        | settled  | prove | foreign-reads foreign-writes interrupted | 3 | hour | yes | * | * | act list new proof: listing-secrets
          to        | settled  | prove | foreign-reads foreign-writes | 3 | hour | no | * | *     | stall: still-foreign-reads
          to        | settled  | prove | interrupted     | 3 | hour   | no  | *   | *          | stall: counters-interrupted

          to        | Updating | *     | none            | 1 | *      | *   | *   | *          | wait 10s: cluster-busy
          to        | Updating | *     | LISTING LISTED RUNNING foreign-writes | * | * | * | * | * | wait 10s: cluster-busy
          to        | Updating | prove | foreign-reads interrupted | * | * | * | * | *            | wait 10s: cluster-busy

          elsewhere | *        | *     | none            | 1 | *      | *   | *   | *          | stall: cluster-on-another-key
          elsewhere | *        | *     | LISTING LISTED RUNNING foreign-writes | * | * | * | * | * | stall: cluster-on-another-key
          elsewhere | *        | prove | foreign-reads interrupted | * | * | * | * | *            | stall: cluster-on-another-key
          """);

  @Test
  void everyCombination_isDecidedAsTheTableSays() {
    assertThat(TABLE.size()).isEqualTo(2_560);
    assertThat(TABLE.possible()).isEqualTo(2_432);
    TABLE.assertDecides(RewriteTransitionsTest::decide);
  }

  private static Decision decide(Situation situation) {
    boolean writes = situation.is("step", "write");
    PassKind kind = writes ? PassKind.WRITE : PassKind.PROOF;
    StepName name = writes ? StepName.WRITE : StepName.PROVE;
    Progress progress = progress(situation);
    if (!situation.is("pass", "none")) {
      Passes passes = Passes.of(name.token(), kind, hash(2)).begunAt(began(situation));
      for (int round = 1; round < Integer.parseInt(situation.of("round")); round++) {
        progress = progress.with(foreignWrites(passes.round(round)));
      }
      progress = progress.with(last(passes.round(7), situation));
    }
    if (situation.is("retried", "yes")) {
      progress = progress.retried(began(situation).plusMillis(1));
    }
    return new RewriteStep(name, kind, new PassRounds(Limits.FLEET))
        .decide(
            facts(operation(situation).with(progress))
                .with(cluster(situation))
                .with(Samples.scrape(NOW, Samples.of("a"), Samples.of("b")))
                .withShards(List.of(Shard.of(0, Samples.secrets(10)))));
  }

  private static ManagedCluster cluster(Situation situation) {
    String arm = situation.is("arm", "settled") ? "Failed" : "Updating";
    return clusterOn(situation.is("keyId", "to") ? 2 : 3, ETAG, arm);
  }

  private static Operation operation(Situation situation) {
    Operation rotation = dev.rekey.operation.Example.operation(Kind.ROTATE);
    Origin origin =
        situation.is("of", "all") ? rotation.origin() : rotation.origin().toRetry("earlier");
    return new Operation(
        rotation.id(),
        rotation.kind(),
        rotation.cluster(),
        origin,
        rotation.route(),
        rotation.startedAt(),
        rotation.progress());
  }

  private static Progress progress(Situation situation) {
    Progress progress = Progress.START.withChecked();
    return situation.is("estimated", "yes")
        ? progress.with(Findings.NONE.with(new Estimate(NOW, 10, 1, 10, 100)))
        : progress;
  }

  private static Instant began(Situation situation) {
    return situation.is("began", "hour")
        ? NOW.minus(Duration.ofHours(1))
        : NOW.minus(Duration.ofHours(1)).minusMillis(1);
  }

  private static Pass last(Passes passes, Situation situation) {
    return switch (situation.of("pass")) {
      case "LISTING" -> passes.begun();
      case "LISTED" -> passes.shown();
      case "RUNNING" -> passes.running();
      case "exception-read" -> passes.withException(ExceptionReason.DENIED_BY_POLICY);
      case "exception-unread" -> passes.withException(ExceptionReason.FORBIDDEN);
      case "foreign-reads" -> passes.withForeignReads(hash(1));
      case "foreign-writes" -> foreignWrites(passes);
      case "interrupted" -> passes.interrupted();
      default -> passes.clean();
    };
  }

  private static Pass foreignWrites(Passes passes) {
    return passes.ended(
        new Samples[] {
          Samples.of("a").reads(hash(2), 106).writes(hash(1), 1),
          Samples.of("b").reads(hash(2), 104)
        },
        Samples.allCurrent(Passes.SECRETS),
        ExceptionCounts.NONE);
  }
}
