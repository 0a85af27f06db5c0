package dev.rekey.operation.step;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Grounds;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.MinorVersion;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.SentUpgrade;
import dev.rekey.operation.UpdateProgress;
import dev.rekey.operation.preflight.UpgradeCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Has ARM upgrade Kubernetes, where a person has said so and ARM is not at work.
 *
 * <ol>
 *   <li>Never on top of an upgrade of another's that has failed, or of any other failure before
 *       ours: that is left to whoever can see what it was.
 *   <li>Never further than to the next minor version, and never back.
 *   <li>Only on the ledger's ground that every Secret lies plain in the very state that ARM shows.
 *       Never on what was proved before the state moved.
 *   <li>One that has failed is unknown, not undone: the same is asked for again on the body just
 *       read, a bounded number of times, then hourly.
 * </ol>
 */
final class SendUpgrade {
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LATER_ATTEMPTS = Duration.ofHours(1);
  private static final int MOST_ATTEMPTS = 4;

  private final Facts facts;
  private final KubernetesVersion to;

  SendUpgrade(Facts facts, KubernetesVersion to) {
    this.facts = facts;
    this.to = to;
  }

  /** Whether it is Rekey that has to do something about it: otherwise it is left to a person. */
  boolean isDue() {
    ManagedCluster cluster = facts.requireCluster();
    boolean othersFailed = !cluster.hasSucceeded() && attempts() == 0;
    boolean isAhead = to.isNextAfter(cluster.kubernetesVersion()) && !isAnothers(cluster);
    boolean isHalfDone = to.toString().equals(cluster.kubernetesVersion());
    return !othersFailed && (isAhead || isHalfDone);
  }

  /** Whether somebody else wants another minor version, and hasn't got it yet. */
  private boolean isAnothers(ManagedCluster cluster) {
    String wanted = cluster.upgrade().wanted();
    boolean isUntouched =
        MinorVersion.of(wanted).equals(MinorVersion.of(cluster.kubernetesVersion()));
    return !isUntouched && !wanted.equals(to.toString());
  }

  Decision decide() {
    Instant next = last().map(sent -> sent.intendedAt().plus(pause())).orElse(facts.now());
    if (facts.now().isBefore(next)) {
      return attempts() >= MOST_ATTEMPTS
          ? new Decision.Stall(Reason.UPGRADE_KEEPS_FAILING, remedy(), AwaitUpgrade.LOOK_AGAIN)
          : new Decision.Wait(next, Reason.CLUSTER_BUSY);
    }
    Operation operation = facts.operation();
    String etag = facts.requireCluster().etag();
    boolean proved =
        Grounds.of(operation)
            .hold(operation, facts.ledger(), operation.before(), operation.after(), etag);
    return proved
        ? new Decision.Act(new Effect.UpgradeKubernetes(to, etag), Reason.SENDING_UPGRADE)
        : new Decision.Wait(facts.now(), Reason.CLUSTER_BUSY); // an earlier step decides again
  }

  private Duration pause() {
    return attempts() >= MOST_ATTEMPTS ? BETWEEN_LATER_ATTEMPTS : BETWEEN_ATTEMPTS;
  }

  private Optional<SentUpgrade> last() {
    return facts.operation().upgrade();
  }

  private int attempts() {
    return last().map(SentUpgrade::attempts).orElse(0);
  }

  private String remedy() {
    String id = facts.requireCluster().resourceId();
    return "ARM says: "
        + said()
        + "; type: "
        + UpgradeCommand.ofControlPlane(id, to)
        + "; which versions AKS offers: "
        + UpgradeCommand.offered(id);
  }

  /** The code of an upgrade that was accepted and failed, or what the last request met. */
  private String said() {
    UpdateProgress update = facts.update();
    String code = update == null || update.code() == null ? "no error code" : update.code();
    return last().map(SentUpgrade::fault).orElse(code);
  }
}
