package dev.rekey.operation.step;

import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Step;
import dev.rekey.operation.StepName;
import dev.rekey.operation.Update;
import dev.rekey.operation.UpdateProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * ARM names the new key version and has settled on it.
 *
 * <ol>
 *   <li>Wait while ARM is at work. Never send on top of a running update.
 *   <li>Done only when ARM names the target and has succeeded. Never because our request was
 *       accepted.
 *   <li>A {@code keyId} that is neither the old nor the new one stalls. Never overwrite what
 *       someone else set.
 *   <li>Otherwise send, with the ETag under which everything was proved. A failed update is
 *       unknown, not undone: the same change is made again on the body just read, a bounded number
 *       of times.
 * </ol>
 */
final class UpdateCluster implements Step {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(30);
  private static final int MOST_ATTEMPTS = 4;

  @Override
  public StepName name() {
    return StepName.UPDATE_CLUSTER;
  }

  @Override
  public Set<FactKind> needs(Operation operation) {
    Set<FactKind> needed = EnumSet.of(FactKind.CLUSTER);
    boolean rewriting = operation.progress().lastPass(StepName.WRITE).isPresent();
    if (!rewriting) {
      needed.add(FactKind.VERSIONS);
      operation
          .update()
          .map(Update::asynchronousOperation)
          .ifPresent(accepted -> needed.add(FactKind.UPDATE));
    }
    return needed;
  }

  @Override
  public Decision decide(Facts facts) {
    ManagedCluster cluster = facts.requireCluster();
    KeyId from = Objects.requireNonNull(facts.operation().from());
    KeyId to = Objects.requireNonNull(facts.operation().to());
    UpdateProgress update = facts.update();
    boolean running = update != null && update.state() == UpdateProgress.State.RUNNING;
    if (!cluster.isSettled() || running) {
      return new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.CLUSTER_BUSY);
    }
    if (cluster.isOn(to) && cluster.hasSucceeded()) {
      return new Decision.Done(Reason.KEY_ID_UPDATED);
    }
    if (!cluster.isOn(to) && !cluster.isOn(from)) {
      return new Decision.Stall(Reason.CLUSTER_ON_ANOTHER_KEY, String.valueOf(cluster.keyId()));
    }
    if (!cluster.hasSucceeded() && !facts.operation().mayHaveUpdated()) {
      return new Decision.Stall(
          Reason.CLUSTER_FAILED, cluster.resourceId()); // someone else's update
    }
    return unfit(facts, from, to).orElseGet(() -> send(facts, cluster, from, to));
  }

  /**
   * What was fit at the check may have been disabled since: neither slot may hold such a version.
   */
  private static Optional<Decision> unfit(Facts facts, KeyId from, KeyId to) {
    for (KeyId key : List.of(to, from)) {
      KeyFitness fitness =
          facts.version(key).map(one -> one.fitnessAt(facts.now())).orElse(KeyFitness.FIT);
      if (fitness != KeyFitness.FIT) {
        Reason reason = key.equals(to) ? Reason.TARGET_UNFIT : Reason.CURRENT_KEY_UNFIT;
        return Optional.of(new Decision.Stall(reason, key + ": " + fitness.sentence()));
      }
    }
    return Optional.empty();
  }

  private static Decision send(Facts facts, ManagedCluster cluster, KeyId from, KeyId to) {
    Optional<Update> last = facts.operation().update();
    int attempts = last.map(Update::attempts).orElse(0);
    Instant next = last.map(sent -> sent.intendedAt().plus(pause(attempts))).orElse(facts.now());
    if (facts.now().isBefore(next)) {
      return attempts >= MOST_ATTEMPTS
          ? new Decision.Stall(Reason.UPDATE_KEEPS_FAILING, codeOf(facts))
          : new Decision.Wait(next, Reason.CLUSTER_BUSY);
    }
    ProvedOn proved = facts.ledger().proved();
    boolean provedForThisState = proved != null && proved.holdsFor(from, to, cluster.etag());
    if (cluster.isOn(from) && !provedForThisState) {
      return new Decision.Wait(facts.now(), Reason.CLUSTER_BUSY); // prove-current decides again
    }
    KeyId current = cluster.isOn(to) ? to : from;
    return new Decision.Act(
        new Effect.UpdateCluster(current, to, cluster.etag()), Reason.SENDING_UPDATE);
  }

  private static Duration pause(int attempts) {
    return attempts >= MOST_ATTEMPTS ? Decision.Stall.LOOK_AGAIN : BETWEEN_ATTEMPTS;
  }

  private static String codeOf(Facts facts) {
    UpdateProgress update = facts.update();
    return update == null || update.code() == null ? "no error code" : update.code();
  }
}
