package dev.rekey.operation.step;

import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Step;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.PassKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The list of steps of each kind of operation. */
public final class Plan {
  private final PassRounds rounds;

  private Plan(PassRounds rounds) {
    this.rounds = rounds;
  }

  /**
   * One step of the list.
   *
   * @param phase the phase that it belongs to, from 0 on; of one that is behind no step is decided
   *     again
   */
  public record Planned(int phase, Step step) {}

  public static List<Planned> of(Kind kind, Limits limits) {
    List<Planned> planned = new ArrayList<>();
    int phase = 0;
    for (List<Step> steps : new Plan(new PassRounds(limits)).phases(kind)) {
      int number = phase++;
      steps.forEach(step -> planned.add(new Planned(number, step)));
    }
    return planned;
  }

  /** The steps of an operation: with an approval behind its checks where its mode wants one. */
  public static List<Planned> of(Operation operation, Limits limits) {
    List<Planned> planned = of(operation.kind(), limits);
    if (!operation.origin().asksFirst() || needsApproval(operation.kind())) {
      return planned;
    }
    List<Planned> asking = new ArrayList<>(planned);
    asking.add(1, new Planned(0, new Approve()));
    return asking;
  }

  /** The names of an operation's steps, in order. */
  public static List<StepName> names(Operation operation) {
    return of(operation, Limits.ALONE).stream().map(planned -> planned.step().name()).toList();
  }

  /** Whether a person must approve the plan of an operation. */
  public static boolean needsApproval(Operation operation) {
    return names(operation).contains(StepName.APPROVE);
  }

  /** The names of the steps, in order. */
  public static List<StepName> names(Kind kind) {
    return of(kind, Limits.ALONE).stream().map(planned -> planned.step().name()).toList();
  }

  /** Whether a person must approve its plan, whatever the cluster's mode. */
  public static boolean needsApproval(Kind kind) {
    return names(kind).contains(StepName.APPROVE);
  }

  private List<List<Step>> phases(Kind kind) {
    return switch (kind) {
      case ROTATE, ENABLE, DISABLE -> List.of(moved(List.of(new Check()), new RecordEvidence()));
      case CHANGE_VAULT_ACCESS ->
          List.of(
              moved(List.of(new Check()), new RecordPhase(Kind.DISABLE)),
              moved(List.of(new UpdateVault()), new RecordEvidence()));
      case MIGRATE_TO_KMS_V2 -> List.of(leftKmsV1(), upgraded());
      case RECOVER_EXPIRED_KEY -> List.of(recovered());
      case RECOVER_DROPPED_KEY -> List.of(broughtBack(), moved(List.of(), new RecordEvidence()));
      case RETURN ->
          List.of(
              concat(
                  List.of(new Check(), new Approve(), UpdateCluster.back()),
                  rewritten(new RecordEvidence())));
      case REENCRYPT -> List.of(concat(List.of(new Check()), rewritten(new RecordEvidence())));
      case CENSUS ->
          List.of(
              List.of(new Check(), new Count(rounds), new Locate(rounds), new RecordEvidence()));
    };
  }

  /**
   * From some settings of KMS to others, with all Secrets proved before and after.
   *
   * @param first what must be so before
   */
  private List<Step> moved(List<Step> first, Step record) {
    List<Step> update = List.of(Converge.onFrom(), new ProveCurrent(rounds), UpdateCluster.on());
    return concat(concat(first, update), rewritten(record));
  }

  /** What is approved comes before what is restored; then all is as in a rotation. */
  private List<Step> recovered() {
    return moved(
        List.of(new Check(), new Approve(), new Rescue(rounds), new RestoreKey()),
        new RecordEvidence());
  }

  /** Nothing can be proved under KMS v1; what was read and approved takes the place of a proof. */
  private List<Step> leftKmsV1() {
    return concat(
        List.of(new Check(), new FindReadable(rounds), new Approve(), UpdateCluster.on()),
        rewritten(new RecordPhase(Kind.DISABLE)));
  }

  /** The upgrade comes behind the proof, and the proof is made again for the state after it. */
  private List<Step> upgraded() {
    return concat(
        List.of(
            Converge.onFrom(), new ProveCurrent(rounds), new AwaitUpgrade(), UpdateCluster.on()),
        rewritten(new RecordEvidence()));
  }

  /** What can be read is brought to safety before the update that drops a slot. */
  private List<Step> broughtBack() {
    return concat(
        List.of(
            new Check(),
            new Approve(),
            new WriteReadable(rounds),
            new CountReadable(rounds),
            UpdateCluster.toDropped()),
        rewritten(new RecordPhase(Kind.RECOVER_DROPPED_KEY)));
  }

  private List<Step> rewritten(Step record) {
    return List.of(
        Converge.onTo(),
        new RewriteStep(StepName.WRITE, PassKind.WRITE, rounds),
        new RewriteStep(StepName.PROVE, PassKind.PROOF, rounds),
        record);
  }

  private static List<Step> concat(List<Step> first, List<Step> then) {
    return Stream.concat(first.stream(), then.stream()).toList();
  }
}
