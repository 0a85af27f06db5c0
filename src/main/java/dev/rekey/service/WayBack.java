package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.Grounds;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of KMS to which a cluster can be led back: those of the key version under which the
 * ledger says that everything was proved before the one in use came.
 */
final class WayBack {
  private final KmsSettings now;
  private final Ledger ledger;
  private final @Nullable Operation active;

  /**
   * @param now the settings that ARM shows
   * @param active the operation that holds the cluster's lock; null if none does
   */
  WayBack(KmsSettings now, Ledger ledger, @Nullable Operation active) {
    this.now = now;
    this.ledger = ledger;
    this.active = active;
  }

  /**
   * Empty if there is no such version, and if it lies in another vault and no rotation tells how
   * that was reached.
   *
   * @param etag the state of the cluster in ARM
   */
  Optional<KmsSettings> find(String etag) {
    return Optional.ofNullable(ledger.proved())
        .map(ProvedOn::key)
        .flatMap(this::settings)
        .filter(back -> Grounds.PROVED_ON_TO.hold(ledger, now, back, etag));
  }

  private Optional<KmsSettings> settings(KeyId back) {
    KeyId inUse = now.key();
    if (inUse == null || inUse.isSameAs(back)) {
      return Optional.empty();
    }
    if (active != null && active.kind() == Kind.ROTATE && back.equals(active.from())) {
      return Optional.of(active.before());
    }
    return inUse.key().vaultHost().equals(back.key().vaultHost())
        ? Optional.of(now.withKey(back))
        : Optional.empty();
  }
}
