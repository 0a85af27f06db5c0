package dev.rekey.operation.step;

import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Step;
import dev.rekey.operation.StepName;
import dev.rekey.operation.Update;
import dev.rekey.operation.UpdateProgress;
import dev.rekey.reencryption.ServerState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * ARM shows the new settings of KMS and has settled on them.
 *
 * <ol>
 *   <li>Wait while ARM is at work. Never send on top of a running update.
 *   <li>Done only when ARM shows the target and has succeeded. Never because our request was
 *       accepted.
 *   <li>Settings that are neither the old nor the new ones stall. Never overwrite what someone else
 *       set.
 *   <li>Neither key version may be unusable, by what the vault has just shown. Never by what it
 *       showed at the check.
 *   <li>Otherwise send, with the ETag under which everything was proved. A failed update is
 *       unknown, not undone: the same change is made again on the body just read, a bounded number
 *       of times.
 *   <li>To turn KMS off, only when each API server was seen just now: that each has changed since
 *       is the only sign that it has loaded the new settings.
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
    if (beforeSending(seen).isPresent()) {
      return Set.of();
    }
    return seen.operation().after().isOn()
        ? Set.of(FactKind.VERSIONS)
        : EnumSet.of(FactKind.VERSIONS, FactKind.SCRAPE);
  }

  @Override
  public Decision decide(Facts facts) {
    return beforeSending(facts)
        .or(() -> unfit(facts))
        .or(() -> unseen(facts))
        .orElseGet(() -> send(facts, facts.requireCluster()));
  }

  /** Why there is nothing to send, whatever the vault says; empty if there may be. */
  private static Optional<Decision> beforeSending(Facts facts) {
    ManagedCluster cluster = facts.requireCluster();
    UpdateProgress update = facts.update();
    boolean running = update != null && update.state() == UpdateProgress.State.RUNNING;
    if (!cluster.isSettled() || running) {
      return Optional.of(new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.CLUSTER_BUSY));
    }
    if (cluster.isAt(facts.operation().after()) && cluster.hasSucceeded()) {
      return Optional.of(new Decision.Done(Reason.KEY_ID_UPDATED));
    }
    return notOurs(facts, cluster);
  }

  private static Optional<Decision> notOurs(Facts facts, ManagedCluster cluster) {
    if (MovedElsewhere.isSo(facts)) {
      return Optional.of(MovedElsewhere.stall(facts));
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
    return Optional.ofNullable(facts.operation().to())
        .flatMap(to -> unfitTarget(facts, to))
        .or(
            () ->
                Optional.ofNullable(facts.operation().from())
                    .flatMap(from -> unfitCurrent(facts, from)));
  }

  private static Optional<Decision> unfitTarget(Facts facts, KeyId to) {
    Optional<KeyVersion> target = facts.version(to);
    if (target.isEmpty()) {
      return Optional.of(new Decision.Stall(Reason.TARGET_NOT_FOUND, to.url()));
    }
    KeyFitness fitness = target.get().fitnessAt(facts.now());
    return fitness == KeyFitness.FIT
        ? Optional.empty()
        : Optional.of(new Decision.Stall(Reason.TARGET_UNFIT, to + ": " + fitness.sentence()));
  }

  private static Optional<Decision> unfitCurrent(Facts facts, KeyId from) {
    Optional<KeyFitness> fitness = facts.version(from).map(one -> one.fitnessAt(facts.now()));
    if (fitness.isPresent() && fitness.get() == KeyFitness.FIT) {
      return Optional.empty();
    }
    String why = fitness.map(KeyFitness::sentence).orElse("the vault does not have it");
    return Optional.of(new Decision.Stall(Reason.CURRENT_KEY_UNFIT, from + ": " + why));
  }

  /** Rule 6. */
  private static Optional<Decision> unseen(Facts facts) {
    return facts.operation().after().isOn() || facts.requireScrape().isComplete()
        ? Optional.empty()
        : Optional.of(new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.REPLICA_NOT_SEEN));
  }

  private static Decision send(Facts facts, ManagedCluster cluster) {
    Optional<Update> last = facts.operation().update();
    int attempts = last.map(Update::attempts).orElse(0);
    Instant next = last.map(sent -> sent.intendedAt().plus(pause(attempts))).orElse(facts.now());
    if (facts.now().isBefore(next)) {
      return attempts >= MOST_ATTEMPTS
          ? new Decision.Stall(Reason.UPDATE_KEEPS_FAILING, codeOf(facts))
          : new Decision.Wait(next, Reason.CLUSTER_BUSY);
    }
    KmsSettings before = facts.operation().before();
    KmsSettings after = facts.operation().after();
    ProvedOn proved = facts.ledger().proved();
    boolean provedForThisState =
        proved != null && proved.holdsFor(before.hash(), after.hash(), cluster.etag());
    if (cluster.isAt(before) && !provedForThisState) {
      return new Decision.Wait(facts.now(), Reason.CLUSTER_BUSY); // prove-current decides again
    }
    KmsSettings current = cluster.isAt(after) ? after : before;
    List<ServerState> servers = after.isOn() ? List.of() : facts.requireScrape().servers();
    return new Decision.Act(
        new Effect.UpdateCluster(current, after, cluster.etag(), servers), Reason.SENDING_UPDATE);
  }

  private static Duration pause(int attempts) {
    return attempts >= MOST_ATTEMPTS ? Decision.Stall.LOOK_AGAIN : BETWEEN_ATTEMPTS;
  }

  private static String codeOf(Facts facts) {
    UpdateProgress update = facts.update();
    return update == null || update.code() == null ? "no error code" : update.code();
  }
}
