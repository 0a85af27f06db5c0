package dev.rekey.operation.step;

import dev.rekey.operation.Decision;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Step;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import java.util.Optional;
import java.util.Set;

/**
 * A census: how many Secrets lie under which key, by a round of dry-run patches between two
 * scrapes. Changes nothing.
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
    if (!last.get().hasEnded()) {
      return rounds.goOn(facts, last.get(), false);
    }
    return last.get().stands()
        ? new Decision.Done(Reason.COUNTED)
        : rounds.again(facts, last.get(), facts.operation().toHash());
  }
}
