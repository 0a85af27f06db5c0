package dev.rekey.operation.step;

import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.operation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Findings;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Route;
import dev.rekey.operation.step.DecisionTable.Situation;
import dev.rekey.reencryption.Doubt;
import dev.rekey.reencryption.ExceptionCounts;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Part;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.Place;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Scope;
import dev.rekey.reencryption.Search;
import dev.rekey.reencryption.Shard;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LocateTransitionsTest {
  /**
   * {@code search}: not begun, open, or over; then with what it has found. {@code pass}: the last
   * round of the search, {@code noted} if the search has taken it in. {@code count}: what the count
   * of all Secrets read; the key URL is known or not.
   */
  private static final DecisionTable TABLE =
      DecisionTable.of(
          """
          search: none open over
          pass:   none count-listing count-listed count-running count-clean count-void noted
          count:  read nothing-read
          url:    known unknown
          places: some none
          doubts: some none

          none | *             | read         | *       | *    | *    | act note-search: locating
          none | *             | nothing-read | known   | *    | *    | act note-search: locating
          none | *             | nothing-read | unknown | *    | *    | done: all-under-one-key

          open over | count-listing | *       | *       | *    | *    | act list same count: listing-secrets
          open over | count-listed  | *       | *       | *    | *    | act begin-pass: reading-counters
          open over | count-running | *       | *       | *    | *    | act dispatch [0] by 32: dispatching-shards
          open | count-clean count-void | *   | *       | *    | *    | act note-search: locating
          open | none noted    | *            | *       | *    | *    | act list new count: listing-secrets

          over | count-clean count-void | *   | *       | *    | *    | never: a search that is over begins no round
          over | none noted    | *            | *       | *    | some | done: located-in-part
          over | none noted    | *            | *       | some | none | done: located
          over | none noted    | *            | *       | none | none | done: all-under-one-key
          """);

  private final Locate step = new Locate(new PassRounds(Limits.FLEET));

  @Test
  void everyCombination_isDecidedAsTheTableSays() {
    assertThat(TABLE.size()).isEqualTo(336);
    assertThat(TABLE.possible()).isEqualTo(304);
    TABLE.assertDecides(this::decide);
  }

  @Test
  void itNeverStallsAndNeverWaits() {
    TABLE.forEach(
        this::decide,
        (situation, decision) ->
            assertThat(decision).isInstanceOfAny(Decision.Act.class, Decision.Done.class));
  }

  private Decision decide(Situation situation) {
    Progress progress = Progress.START.withChecked().with(count(situation));
    Passes rounds = Passes.of("locate", PassKind.COUNT, hash(1));
    if (situation.is("pass", "noted")) {
      progress = progress.with(rounds.clean());
    } else if (!situation.is("pass", "none")) {
      progress = progress.with(new PassOfStep("locate", situation.of("pass")).built(rounds));
    }
    if (!situation.is("search", "none")) {
      progress = progress.with(Findings.NONE.with(search(situation, rounds.clean())));
    }
    return step.decide(
        facts(census(situation).with(progress))
            .withShards(List.of(Shard.of(0, Samples.secrets(10)))));
  }

  private static Operation census(Situation situation) {
    Operation census = operation(Kind.CENSUS);
    boolean known = situation.is("url", "known");
    return new Operation(
        census.id(),
        census.kind(),
        census.cluster(),
        census.origin(),
        known ? census.route() : Route.UNKNOWN,
        census.startedAt(),
        census.progress());
  }

  private static Pass count(Situation situation) {
    Passes passes = Passes.of("count", PassKind.COUNT, hash(1));
    return situation.is("count", "read")
        ? passes.clean()
        : passes.ended(
            new Samples[] {
              Samples.of("a").reads(hash(1), 100), Samples.of("b").reads(hash(1), 100)
            },
            Samples.allCurrent(Passes.SECRETS),
            ExceptionCounts.NONE);
  }

  private static Search search(Situation situation, Pass noted) {
    List<Part> open =
        situation.is("search", "open")
            ? List.of(new Part(Scope.within("team"), 1, 5, null, 0, 0))
            : List.of();
    Place place = new Place("team", null, hash(0).label(), 1);
    return new Search(
        hash(1).label(),
        false,
        1_000,
        open,
        situation.is("places", "some") ? List.of(place) : List.of(),
        1,
        10,
        situation.is("pass", "noted") ? noted.id() : "earlier",
        situation.is("doubts", "some") ? Set.of(Doubt.BOUNDED) : Set.of());
  }
}
