package dev.rekey.operation.step;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Step;
import dev.rekey.operation.StepName;
import java.util.Set;

/** The evidence is stored and the ledger is up to date; this ends the operation. */
final class RecordEvidence implements Step {

  @Override
  public StepName name() {
    return StepName.RECORD;
  }

  @Override
  public Set<FactKind> needs(Operation operation) {
    return operation.managed() && operation.isActive() ? Set.of(FactKind.CLUSTER) : Set.of();
  }

  @Override
  public Decision decide(Facts facts) {
    if (!facts.operation().isActive()) {
      return new Decision.Done(Reason.RECORDED);
    }
    return facts.operation().kind() != Kind.CENSUS && MovedElsewhere.hasLeftTarget(facts)
        ? MovedElsewhere.stall(facts)
        : new Decision.Act(new Effect.Finish(), Reason.RECORDING);
  }
}
