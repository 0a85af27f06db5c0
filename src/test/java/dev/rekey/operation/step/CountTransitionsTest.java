package dev.rekey.operation.step;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.operation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Findings;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Progress;
import dev.rekey.operation.step.DecisionTable.Situation;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.QuietReading;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Scrape;
import dev.rekey.reencryption.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountTransitionsTest {
  /**
   * {@code quiet}: what was read around the count. {@code first}: how long ago the reading before
   * it was. {@code ended}: how long ago the count's last scrape was, or whether the count began
   * more than an hour ago. {@code retried}: whether a person has asked since.
   */
  private static final DecisionTable TABLE =
      DecisionTable.of(
          """
          pass:    none count-listing count-listed count-running count-clean count-foreign count-void
          quiet:   none of-another-pass before both
          first:   just three-seconds
          ended:   just three-seconds longer-than-an-hour
          round:   1 3
          retried: no yes

          none          | *                    | *             | *                  | 3 | *   | never: the third round has a pass
          none          | *                    | *             | *                  | 1 | *   | act list new count: listing-secrets
          count-listing | *                    | *             | *                  | * | *   | act list same count: listing-secrets
          count-listed  | none of-another-pass | *             | *                  | * | *   | act read-quietly: reading-quietly
          count-listed  | before both          | just          | *                  | * | *   | wait 1s: reading-quietly
          count-listed  | before both          | three-seconds | *                  | * | *   | act begin-pass: reading-counters
          count-running | *                    | *             | *                  | * | *   | act dispatch [0] by 32: dispatching-shards

          count-clean count-foreign | none both | *            | *                  | * | *   | done: counted
          count-clean count-foreign | of-another-pass before | * | just             | * | *   | wait 1s: reading-quietly
          count-clean count-foreign | of-another-pass before | * | three-seconds longer-than-an-hour | * | * | act read-quietly: reading-quietly

          count-void    | *                    | *             | *                  | 1 | *   | act list new count: listing-secrets
          count-void    | *                    | *             | longer-than-an-hour | 3 | *  | act list new count: listing-secrets
          count-void    | *                    | *             | just three-seconds | 3 | yes | act list new count: listing-secrets
          count-void    | *                    | *             | just three-seconds | 3 | no  | stall: counters-interrupted
          """);

  private final Count step = new Count(new PassRounds(Limits.FLEET));

  @Test
  void everyCombination_isDecidedAsTheTableSays() {
    assertThat(TABLE.size()).isEqualTo(672);
    assertThat(TABLE.possible()).isEqualTo(624);
    TABLE.assertDecides(this::decide);
  }

  @Test
  void aCensusNeverSendsARealPatch() {
    TABLE.forEach(
        this::decide,
        (situation, decision) -> {
          if (decision instanceof Decision.Act act) {
            assertThat(act.effect()).isNotInstanceOf(Effect.FindWriteKeys.class);
            if (act.effect() instanceof Effect.ListSecrets list) {
              assertThat(list.pass().kind()).isEqualTo(PassKind.COUNT);
            }
          }
        });
  }

  private Decision decide(Situation situation) {
    Progress progress = Progress.START.withChecked();
    Passes passes = Passes.of("count", PassKind.COUNT, hash(1)).begunAt(began(situation));
    Pass last = passes.begun();
    if (!situation.is("pass", "none")) {
      for (int round = 1; round < Integer.parseInt(situation.of("round")); round++) {
        progress = progress.with(passes.round(round).interrupted());
      }
      last = new PassOfStep("count", situation.of("pass")).built(passes.round(7));
      progress = progress.with(last);
    }
    if (situation.is("retried", "yes")) {
      progress = progress.retried(began(situation).plusMillis(1));
    }
    Progress known =
        situation.is("quiet", "none") ? progress : progress.with(quiet(situation, last));
    return step.decide(
        facts(operation(Kind.CENSUS).with(known))
            .withShards(List.of(Shard.of(0, Samples.secrets(10)))));
  }

  /** The last scrape of a pass is taken a hundred seconds after it began. */
  private static Instant began(Situation situation) {
    Instant end = NOW.minusSeconds(situation.is("ended", "just") ? 2 : 3);
    return situation.is("ended", "longer-than-an-hour")
        ? NOW.minus(Duration.ofHours(1)).minusMillis(1)
        : end.minusSeconds(100);
  }

  private static Findings quiet(Situation situation, Pass pass) {
    Scrape first = Samples.scrape(NOW.minusSeconds(situation.is("first", "just") ? 2 : 3));
    String of = situation.is("quiet", "of-another-pass") ? "another" : pass.id();
    QuietReading before = new QuietReading(of, first, null);
    return Findings.NONE.with(situation.is("quiet", "both") ? before.ended(first) : before);
  }
}
