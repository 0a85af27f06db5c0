package dev.rekey.operation.step;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.rotation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Operation;
import dev.rekey.operation.step.DecisionTable.Situation;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Scrape;
import dev.rekey.reencryption.WriteShown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a pass whose shards are stored comes to begin, in every combination of what it rests on. */
class PassRoundsTransitionsTest {
  /**
   * {@code writers}: what the two API servers were shown to write with, or what has become of them
   * since. {@code shown}: when, beside the list's begin. {@code looks}: how often it was looked
   * for, and how long ago. {@code list}: whether it was begun before the last look. {@code
   * retried}: whether a person has asked since. {@code loaded}: how many configurations the servers
   * have loaded. {@code seen}: whether these very servers were seen, with one configuration, before
   * the list was begun; {@code earlier}: an earlier process of one of them.
   */
  private static final DecisionTable TABLE =
      DecisionTable.of(
          """
          kind:    WRITE PROOF COUNT
          probe:   yes no
          secrets: some none
          url:     known unknown
          writers: target another differ one-unknown restarted unsampled joined left
          shown:   before with after
          looks:   none few-just few-ago twenty-ago forty-just forty-hour
          list:    older newer
          retried: no yes
          loaded:  one two
          seen:    nothing same earlier

          *           | no  | *    | *       | *              | *          | *                           | *     | *   | *   | * | act begin-pass: reading-counters

          *           | yes | none | *       | target another differ one-unknown restarted joined left | * | * | * | * | one | same | act begin-pass: reading-counters
          WRITE       | yes | none | *       | target another differ one-unknown restarted joined left | * | * | * | * | one | nothing earlier | act list new write: listing-secrets
          PROOF       | yes | none | *       | target another differ one-unknown restarted joined left | * | * | * | * | one | nothing earlier | act list new proof: listing-secrets
          COUNT       | yes | none | *       | target another differ one-unknown restarted joined left | * | * | * | * | one | nothing earlier | act list new count: listing-secrets
          *           | yes | none | *       | target another differ one-unknown restarted joined left | * | * | * | * | two | same earlier | act find-write-keys: looking-for-write-key
          *           | yes | none | *       | target another differ one-unknown restarted joined left | * | none few-ago twenty-ago forty-hour | * | * | two | nothing | act find-write-keys: looking-for-write-key
          *           | yes | none | *       | target another differ one-unknown restarted joined left | * | few-just forty-just | * | yes | two | nothing | act find-write-keys: looking-for-write-key
          *           | yes | none | *       | target another differ one-unknown restarted joined left | * | few-just | * | no | two | nothing | wait 1s: replica-does-not-write-target
          *           | yes | none | *       | target another differ one-unknown restarted joined left | * | forty-just | * | no | two | nothing | stall: not-converging
          *           | yes | none | *       | unsampled | * | none few-ago twenty-ago forty-hour | * | * | * | * | act find-write-keys: looking-for-write-key
          *           | yes | none | *       | unsampled | * | few-just forty-just | * | yes | * | * | act find-write-keys: looking-for-write-key
          *           | yes | none | *       | unsampled | * | few-just | * | no | * | * | wait 1s: replica-does-not-write-target
          *           | yes | none | *       | unsampled | * | forty-just | * | no | * | * | stall: not-converging

          WRITE       | yes | some | *       | target left    | *          | *                           | *     | *   | *   | * | act begin-pass: reading-counters
          PROOF COUNT | yes | some | *       | target left    | before     | *                           | *     | *   | *   | * | act begin-pass: reading-counters
          PROOF       | yes | some | *       | target left    | with after | *                           | *     | *   | *   | * | act list new proof: listing-secrets
          COUNT       | yes | some | *       | target left    | with after | *                           | *     | *   | *   | * | act list new count: listing-secrets

          WRITE       | yes | some | unknown | another        | *          | *                           | *     | *   | *   | * | act begin-pass: reading-counters
          PROOF COUNT | yes | some | unknown | another        | before     | *                           | *     | *   | *   | * | act begin-pass: reading-counters
          PROOF       | yes | some | unknown | another        | with after | *                           | *     | *   | *   | * | act list new proof: listing-secrets
          COUNT       | yes | some | unknown | another        | with after | *                           | *     | *   | *   | * | act list new count: listing-secrets

          *           | yes | some | known   | another        | *          | none few-ago                | *     | *   | *   | * | act find-write-keys: looking-for-write-key
          *           | yes | some | known   | another        | *          | twenty-ago forty-hour       | newer | *   | *   | * | act find-write-keys: looking-for-write-key
          WRITE       | yes | some | known   | another        | *          | twenty-ago forty-hour       | older | *   | *   | * | act list new write: listing-secrets
          PROOF       | yes | some | known   | another        | *          | twenty-ago forty-hour       | older | *   | *   | * | act list new proof: listing-secrets
          COUNT       | yes | some | known   | another        | *          | twenty-ago forty-hour       | older | *   | *   | * | act list new count: listing-secrets
          *           | yes | some | known   | another        | *          | few-just                    | *     | yes | *   | * | act find-write-keys: looking-for-write-key
          *           | yes | some | known   | another        | *          | forty-just                  | newer | yes | *   | * | act find-write-keys: looking-for-write-key
          WRITE       | yes | some | known   | another        | *          | forty-just                  | older | yes | *   | * | act list new write: listing-secrets
          PROOF       | yes | some | known   | another        | *          | forty-just                  | older | yes | *   | * | act list new proof: listing-secrets
          COUNT       | yes | some | known   | another        | *          | forty-just                  | older | yes | *   | * | act list new count: listing-secrets
          *           | yes | some | known   | another        | *          | few-just                    | *     | no  | *   | * | wait 1s: replica-does-not-write-target
          *           | yes | some | known   | another        | *          | forty-just                  | *     | no  | *   | * | stall: not-converging

          *           | yes | some | *       | differ one-unknown restarted unsampled joined | * | none few-ago            | *     | *   | *   | * | act find-write-keys: looking-for-write-key
          *           | yes | some | *       | differ one-unknown restarted unsampled joined | * | twenty-ago forty-hour   | newer | *   | *   | * | act find-write-keys: looking-for-write-key
          WRITE       | yes | some | *       | differ one-unknown restarted unsampled joined | * | twenty-ago forty-hour   | older | *   | *   | * | act list new write: listing-secrets
          PROOF       | yes | some | *       | differ one-unknown restarted unsampled joined | * | twenty-ago forty-hour   | older | *   | *   | * | act list new proof: listing-secrets
          COUNT       | yes | some | *       | differ one-unknown restarted unsampled joined | * | twenty-ago forty-hour   | older | *   | *   | * | act list new count: listing-secrets
          *           | yes | some | *       | differ one-unknown restarted unsampled joined | * | few-just                | *     | yes | *   | * | act find-write-keys: looking-for-write-key
          *           | yes | some | *       | differ one-unknown restarted unsampled joined | * | forty-just              | newer | yes | *   | * | act find-write-keys: looking-for-write-key
          WRITE       | yes | some | *       | differ one-unknown restarted unsampled joined | * | forty-just              | older | yes | *   | * | act list new write: listing-secrets
          PROOF       | yes | some | *       | differ one-unknown restarted unsampled joined | * | forty-just              | older | yes | *   | * | act list new proof: listing-secrets
          COUNT       | yes | some | *       | differ one-unknown restarted unsampled joined | * | forty-just              | older | yes | *   | * | act list new count: listing-secrets
          *           | yes | some | *       | differ one-unknown restarted unsampled joined | * | few-just            | *     | no  | *   | * | wait 1s: replica-does-not-write-target
          *           | yes | some | *       | differ one-unknown restarted unsampled joined | * | forty-just          | *     | no  | *   | * | stall: not-converging
          """);

  private final PassRounds rounds = new PassRounds(Limits.FLEET);

  @Test
  void everyCombination_isDecidedAsTheTableSays() {
    assertThat(TABLE.size()).isEqualTo(82_944);
    TABLE.assertDecides(this::decide);
  }

  @Test
  void s1_aPassThatMustShowItsWritersNeverBeginsWhileALiveServerIsNotShown() {
    TABLE.forEach(
        this::decide,
        (situation, decision) -> {
          boolean begins =
              decision instanceof Decision.Act act && act.effect() instanceof Effect.BeginPass;
          if (begins && situation.is("probe", "yes") && situation.is("secrets", "some")) {
            assertThat(situation.of("writers")).isIn("target", "left", "another");
            assertThat(situation.is("writers", "another") && situation.is("url", "known"))
                .isFalse();
          }
        });
  }

  /**
   * A server that was left behind writes the first Secret under a key that the next update drops,
   * and it is on no list that was begun before.
   */
  @Test
  void k2_anEmptyListCountsOnlyIfItBeganAfterTheseServersWereSeenWithOneConfiguration() {
    TABLE.forEach(
        this::decide,
        (situation, decision) -> {
          boolean begins =
              decision instanceof Decision.Act act && act.effect() instanceof Effect.BeginPass;
          if (begins && situation.is("probe", "yes") && situation.is("secrets", "none")) {
            assertThat(situation.of("seen")).isEqualTo("same");
            assertThat(situation.of("loaded")).isEqualTo("one");
          }
        });
  }

  private Decision decide(Situation situation) {
    Pass pass = seen(situation, pass(situation));
    Instant last = pass.lookedForWriteKeys().last();
    Operation operation = rotation(pass);
    if (situation.is("retried", "yes")) {
      Instant asked = last == null ? NOW : last.plusMillis(1);
      operation = operation.with(operation.progress().retried(asked));
    }
    return rounds.goOn(
        facts(operation).with(scrape(situation)), pass, situation.is("probe", "yes"));
  }

  private static Pass seen(Situation situation, Pass pass) {
    Samples a = Samples.of("a").loaded("sha256:one");
    Samples other = Samples.of("b").startedAt(NOW.minus(Duration.ofDays(9)));
    return switch (situation.of("seen")) {
      case "same" -> pass.listedAfter(scrape(situation));
      case "earlier" -> pass.listedAfter(Samples.scrape(NOW, a, other, Samples.of("c")));
      default -> pass;
    };
  }

  private static Pass pass(Situation situation) {
    PassKind kind = PassKind.valueOf(situation.of("kind"));
    KeyIdHash target = situation.is("url", "known") ? hash(2) : null;
    Pass listed =
        Passes.of("prove", kind, target)
            .begunAt(listBegun(situation))
            .begun()
            .listed(1, situation.is("secrets", "some") ? 10 : 0)
            .following(
                Passes.of("write", kind, target)
                    .begunAt(NOW.minus(Duration.ofDays(1)))
                    .begun()
                    .shown(shown(situation), NOW));
    return switch (situation.of("looks")) {
      case "none" -> listed;
      case "few-just" -> looked(listed, 39, Duration.ofSeconds(14));
      case "few-ago" -> looked(listed, 39, Duration.ofSeconds(15));
      case "twenty-ago" -> looked(listed, 20, Duration.ofSeconds(15));
      case "forty-just" -> looked(listed, 40, Duration.ofHours(1).minusSeconds(1));
      default -> looked(listed, 40, Duration.ofHours(1));
    };
  }

  private static Instant listBegun(Situation situation) {
    return situation.is("list", "older") ? NOW.minus(Duration.ofHours(2)) : NOW.minusSeconds(5);
  }

  private static Pass looked(Pass pass, int times, Duration ago) {
    Pass looked = pass;
    for (int look = 0; look < times; look++) {
      looked = looked.shown(List.of(), NOW.minus(ago));
    }
    return looked;
  }

  private static List<WriteShown> shown(Situation situation) {
    Instant at =
        switch (situation.of("shown")) {
          case "before" -> listBegun(situation).minusMillis(1);
          case "with" -> listBegun(situation);
          default -> listBegun(situation).plusMillis(1);
        };
    WriteShown a = Samples.shown("a", hash(2), at);
    WriteShown b = Samples.shown("b", hash(2), at);
    return switch (situation.of("writers")) {
      case "another" -> List.of(Samples.shown("a", hash(1), at), Samples.shown("b", hash(1), at));
      case "differ" -> List.of(a, Samples.shown("b", hash(1), at));
      case "one-unknown" -> List.of(a);
      case "left" -> List.of(a, b, Samples.shown("gone", hash(1), NOW));
      default -> List.of(a, b);
    };
  }

  private static Scrape scrape(Situation situation) {
    Samples a = Samples.of("a").loaded("sha256:one");
    Samples b = Samples.of("b");
    b = situation.is("loaded", "two") ? b.loaded("sha256:two") : b; // or it does not tell
    return switch (situation.of("writers")) {
      case "restarted" -> Samples.scrape(NOW, a, b.startedAt(NOW));
      case "unsampled" -> Samples.scrape(NOW, Set.of("a", "b"), a);
      case "joined" -> Samples.scrape(NOW, a, b, Samples.of("c"));
      default -> Samples.scrape(NOW, a, b);
    };
  }
}
