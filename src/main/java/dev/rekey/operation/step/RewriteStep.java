package dev.rekey.operation.step;

import dev.rekey.key.KeyIdHash;
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
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code write} and {@code prove}: one round of empty patches over all Secrets that stands. While
 * ARM is at work on the cluster it waits: API servers may be about to write with another key.
 */
final class RewriteStep implements Step {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  private final StepName name;
  private final PassKind kind;
  private final PassRounds rounds;

  RewriteStep(StepName name, PassKind kind, PassRounds rounds) {
    this.name = name;
    this.kind = kind;
    this.rounds = rounds;
  }

  @Override
  public StepName name() {
    return name;
  }

  @Override
  public Set<FactKind> needs(Operation operation) {
    boolean stands = last(operation).map(Pass::stands).orElse(false);
    return stands ? Set.of() : PassRounds.needs(operation);
  }

  @Override
  public Decision decide(Facts facts) {
    Optional<Pass> last = last(facts.operation());
    KeyIdHash target = target(facts.operation());
    boolean stands = last.map(Pass::stands).orElse(false);
    if (!stands && MovedElsewhere.hasLeftTarget(facts)) {
      return MovedElsewhere.stall(facts); // a re-encryption sends no update, which would see it
    }
    if (!stands && MovedElsewhere.isUnderWay(facts)) {
      return new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.CLUSTER_BUSY);
    }
    if (last.isEmpty()) {
      return rounds.begin(facts, name, kind, target, exceptionsOf(facts.operation()));
    }
    if (needsEstimate(facts.operation(), last.get())) {
      return new Decision.Act(new Effect.MakeEstimate(last.get().id()), Reason.ESTIMATING);
    }
    if (!last.get().hasEnded()) {
      return rounds.goOn(facts, last.get(), true);
    }
    return last.get().stands()
        ? new Decision.Done(done(last.get()))
        : rounds.again(facts, last.get(), target);
  }

  /** A retry rewrites the exceptions of an earlier operation; its proof is over all Secrets. */
  private @Nullable String exceptionsOf(Operation operation) {
    return kind == PassKind.WRITE ? operation.origin().retryOf() : null;
  }

  /** Once, before anything is written; evidence shows it beside what it took. */
  private boolean needsEstimate(Operation operation, Pass pass) {
    boolean isFirst = operation.progress().findings().estimate() == null;
    return kind == PassKind.WRITE && isFirst && pass.stage() == Pass.Stage.LISTED;
  }

  private Reason done(Pass pass) {
    if (kind != PassKind.PROOF) {
      return Reason.PASS_COMPLETE;
    }
    boolean all = pass.tally().exceptions() == 0 || pass.provesExceptions();
    return all ? Reason.PROVED : Reason.PROVED_BUT_EXCEPTIONS;
  }

  private Optional<Pass> last(Operation operation) {
    return operation.progress().lastPass(name, kind);
  }

  /** The predicted target; without a key URL, what the write pass was seen to write with. */
  private @Nullable KeyIdHash target(Operation operation) {
    KeyIdHash predicted = operation.toHash();
    return predicted != null || kind == PassKind.WRITE
        ? predicted
        : operation.progress().lastPass(StepName.WRITE).map(Pass::target).orElse(null);
  }
}
