package dev.rekey.operation.step;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Step;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.HomeKey;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Search;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names where the count of a census found Secrets under another key than the one that all should
 * lie under, by counts over ever smaller parts. Changes nothing, and never stalls: what can't be
 * named is said to be without a name.
 */
final class Locate implements Step {
  private final PassRounds rounds;

  Locate(PassRounds rounds) {
    this.rounds = rounds;
  }

  @Override
  public StepName name() {
    return StepName.LOCATE;
  }

  @Override
  public Set<FactKind> needs(Operation operation) {
    return PassRounds.needs(operation);
  }

  @Override
  public Decision decide(Facts facts) {
    Progress progress = facts.operation().progress();
    Search search = progress.findings().search();
    if (search == null) {
      return begin(facts.operation());
    }
    Optional<Pass> last = progress.lastPass(name());
    if (last.isPresent() && !last.get().hasEnded()) {
      return rounds.goOn(facts, last.get(), false);
    }
    if (last.isPresent() && !last.get().id().equals(search.lastPass())) {
      return note(search.with(last.get()));
    }
    return search.isOver()
        ? new Decision.Done(ended(search))
        : rounds.begin(facts, name(), search.next());
  }

  /** A count that found no other key is all that there is to note. */
  private static Decision begin(Operation operation) {
    Pass count = operation.progress().lastPass(StepName.COUNT, PassKind.COUNT).orElseThrow();
    @Nullable String home = HomeKey.of(count, operation.toHash()).orElse(null);
    return home == null
        ? new Decision.Done(Reason.ALL_UNDER_ONE_KEY)
        : note(Search.after(count, home, operation.progress().findings().objects()));
  }

  private static Decision note(Search search) {
    return new Decision.Act(new Effect.NoteSearch(search), Reason.LOCATING);
  }

  private static Reason ended(Search search) {
    if (!search.doubts().isEmpty()) {
      return Reason.LOCATED_IN_PART;
    }
    return search.places().isEmpty() ? Reason.ALL_UNDER_ONE_KEY : Reason.LOCATED;
  }
}
