package dev.rekey.operation.step;

import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
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
 *   <li>Neither version may be unusable, by what the vault has just shown. Never by what it showed
 *       at the check.
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
      operation
          .update()
          .map(Update::asynchronousOperation)
          .ifPresent(accepted -> needed.add(FactKind.UPDATE));
    }
    return needed;
  }

  /**
   * The versions, only where an update may be sent: a vault that is away must not hold up the
   * rewrite under a key version that has taken effect.
   */
  @Override
  public Set<FactKind> needsBesides(Facts seen) {
    return beforeSending(seen).isPresent() ? Set.of() : Set.of(FactKind.VERSIONS);
  }

  @Override
  public Decision decide(Facts facts) {
    return beforeSending(facts)
        .or(() -> unfit(facts))
        .orElseGet(() -> send(facts, facts.requireCluster(), from(facts), to(facts)));
  }

  /** Why there is nothing to send, whatever the vault says; empty if there may be. */
  private static Optional<Decision> beforeSending(Facts facts) {
    ManagedCluster cluster = facts.requireCluster();
    UpdateProgress update = facts.update();
    boolean running = update != null && update.state() == UpdateProgress.State.RUNNING;
    if (!cluster.isSettled() || running) {
      return Optional.of(new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.CLUSTER_BUSY));
    }
    if (cluster.isOn(to(facts)) && cluster.hasSucceeded()) {
      return Optional.of(new Decision.Done(Reason.KEY_ID_UPDATED));
    }
    return notOurs(facts, cluster);
  }

  private static Optional<Decision> notOurs(Facts facts, ManagedCluster cluster) {
    if (!cluster.isOn(to(facts)) && !cluster.isOn(from(facts))) {
      return Optional.of(
          new Decision.Stall(Reason.CLUSTER_ON_ANOTHER_KEY, String.valueOf(cluster.keyId())));
    }
    boolean othersFailed = !cluster.hasSucceeded() && !facts.operation().mayHaveUpdated();
    return othersFailed
        ? Optional.of(new Decision.Stall(Reason.CLUSTER_FAILED, cluster.resourceId()))
        : Optional.empty();
  }

  /**
   * What was fit at the check may have been disabled or deleted since: neither slot may hold such a
   * version. One that the vault did not show just now is never taken for fit.
   */
  private static Optional<Decision> unfit(Facts facts) {
    KeyId to = to(facts);
    Optional<KeyVersion> target = facts.version(to);
    if (target.isEmpty()) {
      return Optional.of(new Decision.Stall(Reason.TARGET_NOT_FOUND, to.url()));
    }
    KeyFitness fitness = target.get().fitnessAt(facts.now());
    if (fitness != KeyFitness.FIT) {
      return Optional.of(new Decision.Stall(Reason.TARGET_UNFIT, to + ": " + fitness.sentence()));
    }
    return unfitCurrent(facts, from(facts));
  }

  private static Optional<Decision> unfitCurrent(Facts facts, KeyId from) {
    Optional<KeyFitness> fitness = facts.version(from).map(one -> one.fitnessAt(facts.now()));
    if (fitness.isPresent() && fitness.get() == KeyFitness.FIT) {
      return Optional.empty();
    }
    String why = fitness.map(KeyFitness::sentence).orElse("the vault does not have it");
    return Optional.of(new Decision.Stall(Reason.CURRENT_KEY_UNFIT, from + ": " + why));
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

  private static KeyId from(Facts facts) {
    return Objects.requireNonNull(facts.operation().from());
  }

  private static KeyId to(Facts facts) {
    return Objects.requireNonNull(facts.operation().to());
  }

  private static Duration pause(int attempts) {
    return attempts >= MOST_ATTEMPTS ? Decision.Stall.LOOK_AGAIN : BETWEEN_ATTEMPTS;
  }

  private static String codeOf(Facts facts) {
    UpdateProgress update = facts.update();
    return update == null || update.code() == null ? "no error code" : update.code();
  }
}
