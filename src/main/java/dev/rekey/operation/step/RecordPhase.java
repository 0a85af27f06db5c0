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

/** What a phase has proved is noted; that begins the next one. */
final class RecordPhase implements Step {
  private final Kind phase;

  /**
   * @param phase what the phase is called: after the kind of operation that it would be by itself
   */
  RecordPhase(Kind phase) {
    this.phase = phase;
  }

  @Override
  public StepName name() {
    return StepName.RECORD;
  }

  @Override
  public Set<FactKind> needs(Operation operation) {
    return Set.of(FactKind.CLUSTER);
  }

  @Override
  public Decision decide(Facts facts) {
    return facts.requireCluster().isAt(facts.operation().after())
        ? new Decision.Act(new Effect.FinishPhase(phase.token()), Reason.RECORDING)
        : MovedElsewhere.stall(facts);
  }
}
