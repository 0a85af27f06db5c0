package dev.rekey.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.app.simulated.Course;
import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.simulation.fault.FaultPlan;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs in which the engine once broke a promise, as the sweeps made them smallest. */
class FoundBySweepsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The Secrets that a list named were gone before one of them was patched.
        "ROTATE       |  904 |  1 | 2 | 3 | false | 192:somebody-deletes",
        "ROTATE       | 1978 |  1 | 3 | 3 | true  | 290:somebody-deletes",
        "ROTATE       | 1727 |  2 | 3 | 2 | false | 89:somebody-deletes,105:somebody-deletes",
        // A namespace could not be listed for a moment, and stayed in the evidence.
        "ROTATE       |    1 |  6 | 2 | 2 | true  | 438:undecryptable",
        "ROTATE_STALE |    1 |  6 | 2 | 2 | true  | 592:undecryptable",
        // An API server lagged, and what it had written voided every later round.
        "ROTATE       |    1 |  6 | 2 | 2 | true  | 551:server-lags",
        "REENCRYPT    |    1 |  6 | 2 | 2 | true  | 179:server-lags",
        // The update was sent by a clock that ran ahead, and every later pass seemed older.
        "ROTATE       |    1 |  6 | 2 | 2 | true  | 315:clock-ahead",
        // The second operation's id sorted before the first one's.
        "RENEW        |   50 | 18 | 1 | 2 | false | 521:clock-behind,653:newer-version",
        "ROTATE       |  454 | 13 | 2 | 2 | false | 672:clock-behind,860:newer-version",
        // Without a Secret nobody saw that an API server had been left behind.
        "ROTATE_STALE | 9985 |  0 | 3 | 2 | false | 67:server-lags,118:server-restarts,202:broken,215:somebody-creates",
        // A right was taken away in the middle: the operation stalled, and nobody was told.
        "RENEW        | 6907 |  5 | 4 | 1 | true  | 48:moved-by-hand,65:not-found,299:newer-version,345:forbidden",
        // All was proved; then an API server went back to the earlier key, and somebody wrote.
        "ROTATE_STALE | 9849 |  2 | 1 | 1 | true  | 135:server-lags,182:somebody-edits",
        // Beside a Secret that can't be decrypted, a server that had gone back left another
        // unmoved.
        "ROTATE       | 500516 | 9 | 1 | 3 | false | 93:not-found,175:clock-behind,229:lost-reply,703:busy-after,1042:server-lags,1133:malformed,1160:newest-disabled",
        // Denied without being read: fewer reads than Secrets, and yet the exception was believed.
        "ROTATE_AGAIN | 692401 | 8 | 4 | 1 | false | 542:patch-denied-by-webhook,690:patch-denied-by-policy",
        // One Secret, six API servers, one connection at each attempt: one of them was never met.
        "REENCRYPT    | 814048 | 1 | 2 | 3 | false | 124:server-lags,452:server-joins,494:server-joins,499:crash-after,517:server-joins",
        // A Secret was made after the list of none, by an API server that had gone back.
        "ROTATE       | 138653 | 0 | 5 | 1 | false | 280:server-lags,354:somebody-creates",
        // The clock went back after a list, which then seemed to have begun after a later look.
        "ROTATE_STALE | 126607 | 2 | 3 | 1 | false | 554:server-lags,794:clock-behind,990:somebody-creates",
        "ROTATE_STALE | 154670 | 18 | 5 | 3 | false | 50:server-lags,124:lost-reply,144:clock-behind,282:server-joins,284:somebody-creates,561:lost-reply",
        // A shard's message came late, while somebody else's own update was under way or through.
        "MIGRATE_TO_KMS_V2 | 3582 | 5 | 3 | 2 | false | 117:forbidden,434:not-found,457:moved-by-hand",
        "MIGRATE_TO_KMS_V2 | 5404 | 11 | 2 | 2 | true | 469:timed-out,521:somebody-reads-all,691:broken,851:moved-by-hand",
      })
  void whatOnceBrokeAPromise_breaksNoneAnyMore(
      Scenario scenario,
      long seed,
      int secrets,
      int namespaces,
      int replicas,
      boolean orderly,
      String faults) {
    Shape shape = new Shape(scenario, seed, secrets, namespaces, replicas, orderly);

    FaultPlan plan = FaultPlan.parse(faults);
    Set<Integer> happened = new HashSet<>();

    Course.Outcome outcome =
        Course.of(
            Setup.of(shape)
                .facing(plan)
                .watched(
                    observed ->
                        observed.fault().ifPresent(any -> happened.add(observed.call().number()))));

    assertThat(outcome.violations()).isEmpty();
    assertThat(happened).isEqualTo(plan.faults().keySet());
  }
}
