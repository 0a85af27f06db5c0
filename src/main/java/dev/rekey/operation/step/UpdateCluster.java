package dev.rekey.operation.step;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Grounds;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Progress;
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
import org.jspecify.annotations.Nullable;

/**
 * ARM shows the new settings of KMS and has settled on them.
 *
 * <ol>
 *   <li>Wait while ARM is at work. Never send on top of a running update.
 *   <li>Done only when ARM shows the target and has succeeded. Never because our request was
 *       accepted.
 *   <li>Settings that are neither the old nor the new ones stall, and so do the old ones where ARM
 *       has shown the new ones already. Never overwrite what someone else set.
 *   <li>What must be so before one is sent is looked at anew each time. Never trusted is what was
 *       so at the check.
 *   <li>Otherwise send, on the grounds that the ledger bears out for the state that ARM shows. A
 *       failed update is unknown, not undone: the same change is made again on the body just read,
 *       a bounded number of times; then people are told, and it is tried hourly, or when they say
 *       so.
 * </ol>
 */
final class UpdateCluster implements Step {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
  private static final Duration LOOK_AGAIN_AT_MOST = Duration.ofMinutes(2);

  /** A look again comes after this part of the time that ARM has been at work. */
  private static final int PART_OF_ITS_TIME = 12;

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(30);
  private static final int MOST_ATTEMPTS = 4;

  private final BeforeSending before;

  private UpdateCluster(BeforeSending before) {
    this.before = before;
  }

  /** To settings under which nothing lies yet. */
  static UpdateCluster on() {
    return new UpdateCluster(new BeforeMovingOn());
  }

  /** To the previous slot's key version, under which everything lies. */
  static UpdateCluster back() {
    return new UpdateCluster(new BeforeGoingBack());
  }

  /** To a key version that AKS has dropped, under which Secrets still lie. */
  static UpdateCluster toDropped() {
    return new UpdateCluster(new BeforeBringingBack());
  }

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
   * What the vault and the API servers say, only where an update may be sent: a vault that is away
   * must not hold up the rewrite under a key version that has taken effect.
   */
  @Override
  public Set<FactKind> needsBesides(Facts seen) {
    return nothingToSend(seen).isPresent() ? Set.of() : before.needs(seen);
  }

  @Override
  public Decision decide(Facts facts) {
    return nothingToSend(facts)
        .or(() -> before.objection(facts))
        .orElseGet(() -> send(facts, facts.requireCluster()));
  }

  /** Why there is nothing to send, by what ARM shows; empty if there may be. */
  private Optional<Decision> nothingToSend(Facts facts) {
    ManagedCluster cluster = facts.requireCluster();
    UpdateProgress update = facts.update();
    boolean running = update != null && update.state() == UpdateProgress.State.RUNNING;
    if (!cluster.isSettled() || running) {
      return Optional.of(new Decision.Wait(facts.now().plus(pause(facts)), Reason.CLUSTER_BUSY));
    }
    if (cluster.isAt(facts.operation().after()) && cluster.hasSucceeded()) {
      return Optional.of(new Decision.Done(Reason.KEY_ID_UPDATED));
    }
    if (MovedElsewhere.isSo(facts)) {
      return Optional.of(MovedElsewhere.stall(facts));
    }
    return MovedBack.isSo(facts) ? Optional.of(MovedBack.decide(facts)) : before.atOnce(facts);
  }

  /** What takes long is looked at ever more rarely: an update that hangs runs for hours. */
  private static Duration pause(Facts facts) {
    Progress progress = facts.operation().progress();
    Instant begun =
        Optional.ofNullable(progress.update())
            .map(Update::intendedAt)
            .or(() -> since(progress.pending()))
            .orElse(facts.now());
    Duration part = Duration.between(begun, facts.now()).dividedBy(PART_OF_ITS_TIME);
    if (part.compareTo(LOOK_AGAIN) < 0) {
      return LOOK_AGAIN;
    }
    return part.compareTo(LOOK_AGAIN_AT_MOST) < 0 ? part : LOOK_AGAIN_AT_MOST;
  }

  private static Optional<Instant> since(@Nullable Pending pending) {
    return Optional.ofNullable(pending)
        .filter(waiting -> waiting.step() == StepName.UPDATE_CLUSTER)
        .map(Pending::since);
  }

  private static Decision send(Facts facts, ManagedCluster cluster) {
    return facts
        .operation()
        .update()
        .flatMap(sent -> tooSoon(sent, facts))
        .orElseGet(() -> sendNow(facts, cluster));
  }

  /** Why another try doesn't follow at once on one that has failed. */
  private static Optional<Decision> tooSoon(Update sent, Facts facts) {
    if (sent.attempts() >= MOST_ATTEMPTS) {
      return isToldLongAgo(sent, facts)
          ? Optional.empty()
          : Optional.of(new Decision.Stall(Reason.UPDATE_KEEPS_FAILING, codeOf(facts)));
    }
    Instant next = sent.intendedAt().plus(BETWEEN_ATTEMPTS);
    return facts.now().isBefore(next)
        ? Optional.of(new Decision.Wait(next, Reason.CLUSTER_BUSY))
        : Optional.empty();
  }

  /** However long the last try took, people are told of it before there is another. */
  private static boolean isToldLongAgo(Update sent, Facts facts) {
    Progress progress = facts.operation().progress();
    return progress.isRetriedSince(sent.intendedAt())
        || Optional.ofNullable(progress.pending())
            .filter(pending -> pending.doing() == Pending.Doing.STALLED)
            .filter(pending -> pending.reason() == Reason.UPDATE_KEEPS_FAILING)
            .filter(stalled -> !facts.now().isBefore(stalled.nextLook()))
            .isPresent();
  }

  private static Decision sendNow(Facts facts, ManagedCluster cluster) {
    KmsSettings from = facts.operation().before();
    KmsSettings after = facts.operation().after();
    Operation operation = facts.operation();
    Grounds grounds = Grounds.of(operation);
    if (cluster.isAt(from)
        && !grounds.hold(operation, facts.ledger(), from, after, cluster.etag())) {
      return new Decision.Wait(facts.now(), Reason.CLUSTER_BUSY); // an earlier step decides again
    }
    KmsSettings current = cluster.isAt(after) ? after : from;
    List<ServerState> servers = after.isOn() ? List.of() : facts.requireScrape().servers();
    return new Decision.Act(
        new Effect.UpdateCluster(current, after, cluster.etag(), servers), Reason.SENDING_UPDATE);
  }

  private static String codeOf(Facts facts) {
    UpdateProgress update = facts.update();
    return update == null || update.code() == null ? "no error code" : update.code();
  }
}
