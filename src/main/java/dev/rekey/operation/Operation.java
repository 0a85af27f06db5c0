package dev.rekey.operation;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One change to one cluster.
 *
 * @param id letters, digits and hyphens; later ones sort behind earlier ones
 * @param route the settings of KMS that it takes the cluster through; unknown where ARM does not
 *     know the cluster and there is only a kubeconfig
 */
public record Operation(
    String id,
    Kind kind,
    ClusterName cluster,
    Origin origin,
    Route route,
    Instant startedAt,
    Progress progress) {

  public Operation with(Progress newProgress) {
    return new Operation(id, kind, cluster, origin, route, startedAt, newProgress);
  }

  /** Whether ARM knows the cluster; otherwise there is only a kubeconfig. */
  public boolean managed() {
    return route.isKnown();
  }

  /** Which phase it is in, from 0 on. */
  public int phase() {
    return Math.min(progress.phases().size(), route.phases() - 1);
  }

  /**
   * The settings of KMS at the start of its present phase.
   *
   * @throws IllegalStateException if they are unknown
   */
  public KmsSettings before() {
    return stop(phase());
  }

  /**
   * The settings of KMS at the end of its present phase.
   *
   * @throws IllegalStateException if they are unknown
   */
  public KmsSettings after() {
    return stop(phase() + 1);
  }

  private KmsSettings stop(int number) {
    if (!managed()) {
      throw new IllegalStateException("without ARM nobody knows the settings of KMS");
    }
    return route.stops().get(number);
  }

  /**
   * The key version that the present phase starts from; null where no key URL is known, and where
   * KMS is off.
   */
  public @Nullable KeyId from() {
    return managed() ? before().key() : null;
  }

  /**
   * The key version that all is to lie under at the end of the present phase; null where no key URL
   * is known, and where all is to lie plain.
   */
  public @Nullable KeyId to() {
    return managed() ? after().key() : null;
  }

  public boolean isActive() {
    return progress.ending() == null;
  }

  /** The predicted hash of the key version that the present phase starts from, or plain. */
  public @Nullable KeyIdHash fromHash() {
    return managed() ? before().hash() : null;
  }

  /** The predicted hash of the key version that all is to lie under, or plain. */
  public @Nullable KeyIdHash toHash() {
    return managed() ? after().hash() : null;
  }

  /** Whether an ARM update may have been sent. */
  public boolean mayHaveUpdated() {
    return progress.update() != null;
  }

  /**
   * Whether it can still be ended as if it had never begun. Secrets that were rewritten under the
   * key in use are no change.
   */
  public boolean canBeCancelled() {
    return !mayHaveUpdated() && phase() == 0;
  }

  /**
   * Whether it gives way to what is better: Rekey began it by itself, it has changed nothing yet,
   * and no person has paused it.
   */
  public boolean mayGiveWay() {
    return !origin.isOfAPerson() && canBeCancelled() && progress.orders().pause().isEmpty();
  }

  /** Whether KMS is off, or about to be, only because the operation hasn't come to its end. */
  public boolean isOffHalfWay() {
    boolean hasFurtherPhases = managed() && route.phases() > 1;
    return hasFurtherPhases && !(mayHaveUpdated() ? after() : before()).isOn();
  }

  public Optional<Update> update() {
    return Optional.ofNullable(progress.update());
  }

  /** The upgrade of Kubernetes, from the moment its intent is saved. */
  public Optional<SentUpgrade> upgrade() {
    return Optional.ofNullable(progress.upgrade());
  }

  /**
   * Where ARM tells how what was sent last stands: the update of the present phase, or the upgrade
   * that comes before it.
   */
  public Optional<String> asynchronousOperation() {
    return update()
        .map(Update::asynchronousOperation)
        .or(() -> upgrade().map(SentUpgrade::asynchronousOperation));
  }
}
