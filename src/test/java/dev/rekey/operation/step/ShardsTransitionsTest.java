package dev.rekey.operation.step;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.rotation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.operation.step.DecisionTable.Situation;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pacing;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a pass that is under way does with its shards. */
class ShardsTransitionsTest {
  /**
   * {@code atOnce}: shards that may work at the same time, with 32 requests together. Numbers of
   * shards: waiting ones come first, then the lost ones, those at work, and done ones. {@code
   * stopped}: whether the operation was stopped because the sums of this pass did not hold: less
   * than an hour ago, longer, or less and a person has asked since.
   */
  private static final DecisionTable TABLE =
      DecisionTable.of(
          """
          rows:    all fewer
          atOnce:  1 4
          waiting: 0 1 6
          lost:    0 1
          atWork:  0 1 4
          done:    0 1
          stopped: no just hour retried

          fewer | * | *   | *   | * | * | * | act list new proof: listing-secrets
          all   | * | 0   | 0   | 0 | * | no | act end-pass: closing-pass
          all   | * | 0   | 0   | 0 | * | just | stall: promise-broken
          all   | * | 0   | 0   | 0 | * | hour retried | act list new proof: listing-secrets

          all   | 1 | 0 1 6 | 0 1 | 1 4 | * | * | wait 20s: shards-at-work
          all   | 1 | 1 6 | *   | 0 | * | * | act dispatch [0] by 32: dispatching-shards
          all   | 1 | 0   | 1   | 0 | * | * | act dispatch [0] by 32: dispatching-shards

          all   | 4 | *   | *   | 4 | * | * | wait 20s: shards-at-work
          all   | 4 | 0   | 0   | 1 | * | * | wait 20s: shards-at-work
          all   | 4 | 0   | 1   | 0 | * | * | act dispatch [0] by 32: dispatching-shards
          all   | 4 | 0   | 1   | 1 | * | * | act dispatch [0] by 16: dispatching-shards
          all   | 4 | 1   | 0   | 0 | * | * | act dispatch [0] by 32: dispatching-shards
          all   | 4 | 1   | 0   | 1 | * | * | act dispatch [0] by 16: dispatching-shards
          all   | 4 | 1   | 1   | 0 | * | * | act dispatch [0, 1] by 16: dispatching-shards
          all   | 4 | 1   | 1   | 1 | * | * | act dispatch [0, 1] by 10: dispatching-shards
          all   | 4 | 6   | *   | 0 | * | * | act dispatch [0, 1, 2, 3] by 8: dispatching-shards
          all   | 4 | 6   | *   | 1 | * | * | act dispatch [0, 1, 2] by 8: dispatching-shards
          """);

  @Test
  void everyCombination_isDecidedAsTheTableSays() {
    assertThat(TABLE.size()).isEqualTo(576);
    TABLE.assertDecides(ShardsTransitionsTest::decide);
  }

  private static Decision decide(Situation situation) {
    List<Shard> shards = new ArrayList<>();
    add(shards, number(situation, "waiting"), null);
    add(shards, number(situation, "lost"), NOW.minus(Limits.LOST_AFTER).minusMillis(1));
    add(shards, number(situation, "atWork"), NOW.minus(Limits.LOST_AFTER));
    for (int done = 0; done < number(situation, "done"); done++) {
      Shard shard = Shard.of(shards.size(), Samples.secrets(10));
      shards.add(shard.worked(List.of(), Samples.allCurrent(10), List.of()));
    }
    int rows = shards.size() + (situation.is("rows", "all") ? 0 : 1);
    Pass pass =
        Passes.of("prove", PassKind.PROOF, hash(2))
            .begun()
            .listed(rows, 10L * rows)
            .running(Samples.scrape(NOW));
    Limits limits =
        new Limits(32, Pacing.FIXED, number(situation, "atOnce"), 1000, Duration.ofMinutes(4));
    Operation operation = rotation(pass);
    operation = operation.with(stopped(operation.progress(), situation.of("stopped")));
    return new PassRounds(limits).goOn(facts(operation).withShards(shards), pass, true);
  }

  private static Progress stopped(Progress progress, String stopped) {
    Instant nextLook = NOW.plusMillis(stopped.equals("hour") ? 0 : 1);
    Instant stop = nextLook.minus(Duration.ofHours(1));
    Pending pending =
        new Pending(
            6,
            StepName.PROVE,
            stop,
            Pending.Doing.STALLED,
            Reason.PROMISE_BROKEN,
            nextLook,
            "S3: a test",
            0);
    return switch (stopped) {
      case "no" -> progress;
      case "retried" -> progress.with(pending).retried(stop.plusMillis(1));
      default -> progress.with(pending);
    };
  }

  private static int number(Situation situation, String fact) {
    return Integer.parseInt(situation.of(fact));
  }

  private static void add(List<Shard> shards, int count, Instant dispatched) {
    for (int one = 0; one < count; one++) {
      Shard shard = Shard.of(shards.size(), Samples.secrets(10));
      shards.add(dispatched == null ? shard : shard.dispatched(dispatched, 8));
    }
  }
}
