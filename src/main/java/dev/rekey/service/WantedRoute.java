package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Route;
import java.util.Objects;
import java.util.Optional;

/** The settings of KMS that a request leads a cluster through. */
final class WantedRoute {
  private final WantedChange request;
  private final KmsSettings now;

  WantedRoute(WantedChange request, KmsSettings now) {
    this.request = request;
    this.now = now;
  }

  /** Empty if the cluster is as it is wanted already. */
  Optional<Route> find() {
    return switch (request.kind()) {
      case ENABLE -> Optional.of(Route.of(KmsSettings.OFF, on()));
      case DISABLE -> now.isOn() ? Optional.of(Route.of(now, KmsSettings.OFF)) : Optional.empty();
      case CHANGE_VAULT_ACCESS -> otherAccess();
      case MIGRATE_TO_KMS_V2 -> byWayOfOff();
      case REENCRYPT, CENSUS -> Optional.of(Route.staying(now));
      case RETURN -> throw new IllegalStateException("the ledger has to tell: WayBack");
      case ROTATE, RECOVER_EXPIRED_KEY, RECOVER_DROPPED_KEY ->
          throw new IllegalStateException("the vault may have to tell: rotated()");
    };
  }

  /**
   * Where a rotation leads; empty if the vault in use would have to be reached another way.
   *
   * @param newest the newest fit version of the key in use, if no other is named
   */
  Optional<Route> rotated(KeyId newest) {
    KeyId named = request.targetKeyId();
    KeyId to = named == null ? newest : named;
    NetworkAccess access = Objects.requireNonNullElse(request.networkAccess(), now.access());
    boolean sameVault =
        now.key() != null && now.key().key().vaultHost().equals(to.key().vaultHost());
    if (sameVault) {
      return access == now.access()
          ? Optional.of(Route.of(now, now.withKey(to)))
          : Optional.empty();
    }
    return Optional.of(Route.of(now, new KmsSettings(to, access, request.vaultResourceId())));
  }

  /** Off, and on again with what is used now, or with the key version that is named. */
  private Optional<Route> byWayOfOff() {
    KeyId key = now.key();
    return key == null
        ? Optional.empty()
        : rotated(key).map(route -> Route.of(now, KmsSettings.OFF, route.stops().get(1)));
  }

  private KmsSettings on() {
    return new KmsSettings(
        Objects.requireNonNull(request.targetKeyId(), "a key version to turn KMS on with"),
        Objects.requireNonNullElse(request.networkAccess(), NetworkAccess.PUBLIC),
        request.vaultResourceId());
  }

  private Optional<Route> otherAccess() {
    NetworkAccess wanted = Objects.requireNonNull(request.networkAccess(), "how to be reached");
    if (!now.isOn() || wanted == now.access()) {
      return Optional.empty();
    }
    KmsSettings other =
        new KmsSettings(
            now.key(), wanted, wanted == NetworkAccess.PRIVATE ? request.vaultResourceId() : null);
    return Optional.of(Route.of(now, KmsSettings.OFF, other));
  }
}
