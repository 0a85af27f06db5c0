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
 * @param managed whether ARM knows the cluster; otherwise there is only a kubeconfig
 * @param from the key version in the current slot at the start; null where no key URL is known
 * @param to the key version that all is to lie under at the end; null where no key URL is known
 */
public record Operation(
    String id,
    Kind kind,
    ClusterName cluster,
    boolean managed,
    Origin origin,
    @Nullable KeyId from,
    @Nullable KeyId to,
    Instant startedAt,
    Progress progress) {

  public Operation with(Progress newProgress) {
    return new Operation(id, kind, cluster, managed, origin, from, to, startedAt, newProgress);
  }

  public boolean isActive() {
    return progress.ending() == null;
  }

  /** The predicted hash of the key version that the operation starts from. */
  public @Nullable KeyIdHash fromHash() {
    return from == null ? null : KeyIdHash.predict(from);
  }

  /** The predicted hash of the key version that all is to lie under. */
  public @Nullable KeyIdHash toHash() {
    return to == null ? null : KeyIdHash.predict(to);
  }

  /** Whether an ARM update may have been sent. */
  public boolean mayHaveUpdated() {
    return progress.update() != null;
  }

  public Optional<Update> update() {
    return Optional.ofNullable(progress.update());
  }
}
