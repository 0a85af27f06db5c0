package dev.rekey.operation.step;

import dev.rekey.operation.Kind;
import dev.rekey.operation.Step;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.PassKind;
import java.util.List;

/** The list of steps of each kind of operation. */
public final class Plan {
  private Plan() {}

  public static List<Step> of(Kind kind, Limits limits) {
    PassRounds rounds = new PassRounds(limits);
    Step write = new RewriteStep(StepName.WRITE, PassKind.WRITE, rounds);
    Step prove = new RewriteStep(StepName.PROVE, PassKind.PROOF, rounds);
    return switch (kind) {
      case ROTATE, ENABLE, DISABLE ->
          List.of(
              new Check(),
              Converge.onFrom(),
              new ProveCurrent(rounds),
              new UpdateCluster(),
              Converge.onTo(),
              write,
              prove,
              new RecordEvidence());
      case REENCRYPT -> List.of(new Check(), Converge.onTo(), write, prove, new RecordEvidence());
      case CENSUS ->
          List.of(new Check(), new Count(rounds), new Locate(rounds), new RecordEvidence());
    };
  }
}
