package dev.rekey.operation.step;

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
import java.util.EnumSet;
import java.util.Objects;
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
  private static final int MOST_ATTEMPTS = 4;

  @Override
  public StepName name() {
    return StepName.UPDATE_CLUSTER;
  }

  @Override
  public Set<FactKind> needs(Operation operation) {
    boolean accepted = operation.update().map(Update::asynchronousOperation).isPresent();
    return accepted ? EnumSet.of(FactKind.CLUSTER, FactKind.UPDATE) : EnumSet.of(FactKind.CLUSTER);
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
    if (to.url().equals(cluster.keyId()) && cluster.hasSucceeded()) {
      return new Decision.Done(Reason.KEY_ID_UPDATED);
    }
    if (!to.url().equals(cluster.keyId()) && !from.url().equals(cluster.keyId())) {
      return new Decision.Stall(Reason.CLUSTER_ON_ANOTHER_KEY, String.valueOf(cluster.keyId()));
    }
    return send(facts, cluster, from, to);
  }

  private static Decision send(Facts facts, ManagedCluster cluster, KeyId from, KeyId to) {
    int attempts = facts.operation().update().map(Update::attempts).orElse(0);
    if (attempts >= MOST_ATTEMPTS) {
      return new Decision.Stall(Reason.UPDATE_KEEPS_FAILING, codeOf(facts));
    }
    KeyId current = to.url().equals(cluster.keyId()) ? to : from;
    ProvedOn proved = facts.ledger().proved();
    boolean provedForThisState = proved != null && proved.holdsFor(from, cluster.etag());
    if (current.equals(from) && !provedForThisState) {
      return new Decision.Wait(facts.now(), Reason.CLUSTER_BUSY); // prove-current decides again
    }
    return new Decision.Act(
        new Effect.UpdateCluster(current, to, cluster.etag()), Reason.SENDING_UPDATE);
  }

  private static String codeOf(Facts facts) {
    UpdateProgress update = facts.update();
    return update == null || update.code() == null ? "no error code" : update.code();
  }
}
