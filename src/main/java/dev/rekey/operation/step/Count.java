package dev.rekey.operation.step;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Step;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.PassOutcome;
import dev.rekey.reencryption.QuietReading;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A census: how many Secrets lie under which key, by a round of dry-run patches between two
 * scrapes. Changes nothing. Before and after it a quiet time shows what other clients read, by
 * which the counts are too high.
 */
final class Count implements Step {
  private final PassRounds rounds;

  Count(PassRounds rounds) {
    this.rounds = rounds;
  }

  @Override
  public StepName name() {
    return StepName.COUNT;
  }

  @Override
  public Set<FactKind> needs(Operation operation) {
    return PassRounds.needs(operation);
  }

  @Override
  public Decision decide(Facts facts) {
    Optional<Pass> last = facts.operation().progress().lastPass(name());
    if (last.isEmpty()) {
      return rounds.begin(facts, name(), PassKind.COUNT, facts.operation().toHash());
    }
    Pass pass = last.get();
    if (pass.stage() == Pass.Stage.LISTED) {
      Optional<Decision> quiet = quietBefore(facts, pass);
      return quiet.orElseGet(() -> rounds.goOn(facts, pass, false));
    }
    if (!pass.hasEnded()) {
      return rounds.goOn(facts, pass, false);
    }
    return pass.stands()
        ? quietAfter(facts, pass).orElse(new Decision.Done(Reason.COUNTED))
        : rounds.again(facts, pass, facts.operation().toHash());
  }

  /** What is listed would count as a read, so the quiet time begins when the list has ended. */
  private static Optional<Decision> quietBefore(Facts facts, Pass pass) {
    QuietReading quiet = facts.operation().progress().findings().quiet();
    return quiet == null || !quiet.pass().equals(pass.id())
        ? Optional.of(read(pass))
        : waitUntil(facts, quiet.first().at().plus(QuietReading.TAKES));
  }

  private static Optional<Decision> quietAfter(Facts facts, Pass pass) {
    QuietReading quiet = facts.operation().progress().findings().quiet();
    PassOutcome outcome = pass.outcome();
    if (quiet == null || quiet.last() != null || outcome == null) {
      return Optional.empty();
    }
    Instant end = outcome.after().at().plus(QuietReading.TAKES);
    return waitUntil(facts, end).or(() -> Optional.of(read(pass)));
  }

  private static Decision read(Pass pass) {
    return new Decision.Act(new Effect.ReadQuietly(pass.id()), Reason.READING_QUIETLY);
  }

  private static Optional<Decision> waitUntil(Facts facts, Instant end) {
    return facts.now().isBefore(end)
        ? Optional.of(new Decision.Wait(end, Reason.READING_QUIETLY))
        : Optional.empty();
  }
}
