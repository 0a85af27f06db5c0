package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Route;
import dev.rekey.operation.Start;
import dev.rekey.service.RequestAnswer.Cause;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Stored;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds where a wanted change leads a cluster from where it is now, or why it leads nowhere. */
final class FindRoute {
  private final Ports ports;
  private final Conduct conduct;

  FindRoute(Ports ports, Conduct conduct) {
    this.ports = ports;
    this.conduct = conduct;
  }

  /** One of the two. */
  record Found(@Nullable Route route, @Nullable Cause cause) {
    static Found of(Route route) {
      return new Found(route, null);
    }

    static Found none(Cause cause) {
      return new Found(null, cause);
    }
  }

  /** The cluster, by a fresh look; empty if there is none of this name in scope. */
  Optional<ManagedCluster> cluster(ClusterName name) {
    try {
      return Optional.of(ports.clusters().read(name));
    } catch (OutsideFault fault) {
      if (fault.kind() == OutsideFault.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  /**
   * Asks the vault for a rotation's target.
   *
   * @param ledger that of the cluster; asked for only where it decides
   */
  Found find(WantedChange wanted, ManagedCluster cluster, Supplier<Ledger> ledger) {
    Optional<KmsSettings> now = cluster.settings(conduct.cloud());
    KeyId inUse = now.map(KmsSettings::key).orElse(null);
    KeyId expected = wanted.expectedKeyId();
    if (expected != null && (inUse == null || !inUse.isSameAs(expected))) {
      return Found.none(Cause.OTHER_KEY_IN_USE);
    }
    if (cluster.experience() == KmsExperience.PLATFORM_MANAGED && leavesSettings(wanted.kind())) {
      return Found.of(Route.UNKNOWN); // which version is in use, only the API servers show
    }
    if (now.isEmpty()) {
      return Found.none(Cause.KMS_NOT_ON_VERSIONED_KEY);
    }
    return switch (wanted.kind()) {
      case ROTATE, RECOVER_EXPIRED_KEY -> rotate(wanted, cluster, now.get(), ledger.get());
      case RETURN -> back(wanted, cluster, now.get(), ledger.get());
      case MIGRATE_TO_KMS_V2 -> migrate(wanted, now.get());
      case RECOVER_DROPPED_KEY ->
          new WayToDropped(ports, conduct.cloud(), wanted, now.get())
              .find(cluster.name(), ledger.get());
      default ->
          new WantedRoute(wanted, now.get())
              .find()
              .map(Found::of)
              .orElse(Found.none(Cause.NOTHING_TO_CHANGE));
    };
  }

  private static boolean leavesSettings(Kind kind) {
    return kind == Kind.CENSUS || kind == Kind.REENCRYPT;
  }

  private static Found migrate(WantedChange wanted, KmsSettings now) {
    return new WantedRoute(wanted, now)
        .find()
        .map(route -> Found.of(route.upgradingTo(wanted.upgradeTo())))
        .orElse(Found.none(now.isOn() ? Cause.VAULT_ATTACHED : Cause.KMS_IS_OFF));
  }

  private Found back(WantedChange wanted, ManagedCluster cluster, KmsSettings now, Ledger ledger) {
    Operation active = ports.records().active(cluster.name()).map(Stored::value).orElse(null);
    Optional<KmsSettings> back = new WayBack(now, ledger, active).find(cluster.etag());
    if (back.isEmpty()) {
      return Found.none(Cause.NOTHING_TO_RETURN_TO);
    }
    KeyId named = wanted.targetKeyId();
    return named == null || named.equals(back.get().key())
        ? Found.of(Route.of(now, back.get()))
        : Found.none(Cause.OTHER_VERSION_PROVED);
  }

  private Found rotate(
      WantedChange wanted, ManagedCluster cluster, KmsSettings now, Ledger ledger) {
    Start start = new LookAtCluster(ports, conduct.cloud()).look(cluster, ledger).start();
    if (start instanceof Start.Nothing nothing) {
      return nothing(wanted, nothing, now);
    }
    KeyId newest =
        start instanceof Start.Propose propose ? propose.to() : ((Start.Rotate) start).to();
    return rotate(wanted, now, newest);
  }

  private static Found rotate(WantedChange wanted, KmsSettings now, KeyId newest) {
    return new WantedRoute(wanted, now)
        .rotated(newest)
        .map(Found::of)
        .orElse(Found.none(Cause.VAULT_ATTACHED));
  }

  /** A target that somebody names is checked by the operation, which says what is wrong with it. */
  private static Found nothing(WantedChange wanted, Start.Nothing nothing, KmsSettings now) {
    boolean onNewest = nothing.idle() == Start.Idle.ALREADY_ON_NEWEST;
    if (onNewest && now.key() != null && wanted.targetKeyId() != null) {
      return rotate(wanted, now, now.key());
    }
    return Found.none(
        switch (nothing.idle()) {
          case KMS_NOT_ON_VERSIONED_KEY -> Cause.KMS_NOT_ON_VERSIONED_KEY;
          case CURRENT_VERSION_UNKNOWN -> Cause.CURRENT_VERSION_UNKNOWN;
          case ALREADY_ON_NEWEST, REFUSED_BEFORE, RETURNED_FROM, LED_TO_ANOTHER_KEY, DECLINED ->
              Cause.NO_NEWER_VERSION;
        });
  }
}
