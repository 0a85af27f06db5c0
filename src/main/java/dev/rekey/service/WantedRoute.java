package dev.rekey.service;

import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Route;
import java.util.Objects;
import java.util.Optional;

/**
 * The settings of KMS that a request leads a cluster through, for each kind but a rotation, whose
 * target the vault may have to tell.
 */
final class WantedRoute {
  private final OperationRequest request;
  private final KmsSettings now;

  WantedRoute(OperationRequest request, KmsSettings now) {
    this.request = request;
    this.now = now;
  }

  /** Empty if the cluster is as it is wanted already. */
  Optional<Route> find() {
    return switch (request.kind()) {
      case ENABLE -> Optional.of(Route.of(KmsSettings.OFF, on()));
      case DISABLE -> Optional.of(Route.of(now, KmsSettings.OFF));
      case CHANGE_VAULT_ACCESS -> otherAccess();
      case REENCRYPT, CENSUS -> Optional.of(Route.staying(now));
      case ROTATE -> throw new IllegalStateException("the vault tells where a rotation leads");
    };
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
