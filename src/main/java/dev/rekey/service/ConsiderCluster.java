package dev.rekey.service;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Kind;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Sees, by a fresh look at vault and ARM, whether a cluster should be rotated, and begins the
 * rotation.
 */
final class ConsiderCluster {
  private static final Duration NEXT_TRY = Duration.ofHours(1);

  private final Ports ports;
  private final Cloud cloud;

  ConsiderCluster(Ports ports, Cloud cloud) {
    this.ports = ports;
    this.cloud = cloud;
  }

  void consider(ManagedCluster cluster, Origin origin) {
    Optional<KeyId> from = Ledgers.parse(cluster.keyId(), cloud);
    Instant now = ports.time().instant();
    Ledger ledger = new Ledgers(ports.records()).of(cluster.name(), from.orElse(null), now).value();
    if (from.isEmpty()) {
      decline(Start.Idle.KMS_NOT_ON_VERSIONED_KEY.token());
      return;
    }
    List<KeyVersion> versions = ports.vault().versions(from.get().key());
    Start start = Start.decide(cluster, from.get(), versions, ledger, now);
    if (start instanceof Start.Rotate rotate) {
      rotate(cluster, rotate, versions, origin);
    } else if (start instanceof Start.Propose) {
      decline("version-from-before-first-meeting");
    } else if (start instanceof Start.Nothing nothing) {
      decline(nothing.idle().token());
    }
  }

  private void rotate(
      ManagedCluster cluster, Start.Rotate rotate, List<KeyVersion> versions, Origin origin) {
    if (wasRefused(cluster, rotate, versions)) {
      decline(Start.Idle.REFUSED_BEFORE.token());
      return;
    }
    new StartOperation(ports)
        .start(cluster.name(), Kind.ROTATE, true, rotate.from(), rotate.to(), origin);
  }

  /** A refusal stands until a fact that it rests on has changed. */
  private boolean wasRefused(
      ManagedCluster cluster, Start.Rotate rotate, List<KeyVersion> versions) {
    List<Operation> earlier = ports.records().operations(cluster.name());
    if (earlier.isEmpty()) {
      return false;
    }
    Operation last = earlier.get(earlier.size() - 1);
    Ending ending = last.progress().ending();
    if (ending == null || ending.outcome() != Ending.Outcome.REFUSED) {
      return false;
    }
    boolean sameTarget = Objects.equals(rotate.to(), last.to());
    if (ending.reason() == Reason.ACCESS_DENIED) {
      // Whether a right is there now only another try can tell: once an hour.
      return sameTarget && ports.time().instant().isBefore(ending.at().plus(NEXT_TRY));
    }
    Facts now =
        Facts.known(ports.time().instant(), last, Ledger.firstSeen(Instant.EPOCH, null))
            .with(cluster)
            .withVersions(versions);
    return sameTarget && Objects.equals(ending.seen(), now.fingerprint());
  }

  private void decline(String reason) {
    ports.signals().count("rotation-not-begun", reason);
  }
}
