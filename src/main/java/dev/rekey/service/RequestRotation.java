package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import dev.rekey.operation.Start;
import dev.rekey.service.RotationAnswer.Cause;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Stored;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Begins a rotation because somebody asks for it. A version from before the first meeting, and a
 * target that was refused before, are taken: a person asks.
 */
public final class RequestRotation {
  private final Ports ports;
  private final Conduct conduct;

  public RequestRotation(Ports ports, Conduct conduct) {
    this.ports = ports;
    this.conduct = conduct;
  }

  /**
   * Looks at the cluster and begins. The same request again gives the operation that it began.
   *
   * @throws OutsideFault if ARM, the vault or storage gives no answer
   */
  public RotationAnswer request(RotationRequest request) {
    Optional<RotationAnswer> before = answeredBefore(request);
    if (before.isPresent()) {
      return before.get();
    }
    Optional<ManagedCluster> cluster = find(request);
    if (cluster.isEmpty()) {
      return declined(Cause.UNKNOWN_CLUSTER);
    }
    if (conduct.mode().with(cluster.get().tags()) == Mode.OBSERVE) {
      return declined(Cause.OBSERVE_ONLY);
    }
    return begin(request, cluster.get());
  }

  private Optional<RotationAnswer> answeredBefore(RotationRequest request) {
    return ports.records().operations(request.cluster()).stream()
        .filter(operation -> request.requestKey().equals(operation.origin().requestKey()))
        .findFirst()
        .map(operation -> again(request, operation));
  }

  private static RotationAnswer again(RotationRequest request, Operation operation) {
    KeyId target = request.targetKeyId();
    KeyId expected = request.expectedKeyId();
    boolean same =
        operation.kind() == Kind.ROTATE
            && (target == null || target.equals(operation.to()))
            && (expected == null || expected.equals(operation.from()))
            && request.reason().equals(operation.origin().reason());
    return same
        ? new RotationAnswer.Accepted(operation)
        : new RotationAnswer.Declined(Cause.REQUEST_KEY_REUSED, operation);
  }

  private Optional<ManagedCluster> find(RotationRequest request) {
    try {
      return Optional.of(ports.clusters().read(request.cluster()));
    } catch (OutsideFault fault) {
      if (fault.kind() == OutsideFault.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  private RotationAnswer begin(RotationRequest request, ManagedCluster cluster) {
    KeyId inUse = Ledgers.parse(cluster.keyId(), conduct.cloud()).orElse(null);
    KeyId expected = request.expectedKeyId();
    if (expected != null && (inUse == null || !inUse.isSameAs(expected))) {
      return declined(Cause.OTHER_KEY_IN_USE);
    }
    Ledger ledger =
        new Ledgers(ports.records()).of(cluster.name(), inUse, ports.time().instant()).value();
    Start start = new LookAtCluster(ports, conduct.cloud()).look(cluster, ledger).start();
    if (start instanceof Start.Nothing nothing) {
      return nothing(request, cluster, nothing, inUse);
    }
    if (start instanceof Start.Propose propose) {
      return begin(request, cluster, propose.to());
    }
    return begin(request, cluster, ((Start.Rotate) start).to());
  }

  /** A target that somebody names is checked by the operation, which says what is wrong with it. */
  private RotationAnswer nothing(
      RotationRequest request,
      ManagedCluster cluster,
      Start.Nothing nothing,
      @Nullable KeyId inUse) {
    boolean onNewest = nothing.idle() == Start.Idle.ALREADY_ON_NEWEST;
    if (onNewest && inUse != null && request.targetKeyId() != null) {
      return begin(request, cluster, inUse);
    }
    return declined(
        switch (nothing.idle()) {
          case KMS_NOT_ON_VERSIONED_KEY -> Cause.KMS_NOT_ON_VERSIONED_KEY;
          case CURRENT_VERSION_UNKNOWN -> Cause.CURRENT_VERSION_UNKNOWN;
          case ALREADY_ON_NEWEST, REFUSED_BEFORE -> Cause.NO_NEWER_VERSION;
        });
  }

  private RotationAnswer begin(RotationRequest request, ManagedCluster cluster, KeyId newest) {
    KeyId named = request.targetKeyId();
    KmsSettings now = cluster.settings(conduct.cloud()).orElseThrow();
    Route route = Route.of(now, now.withKey(named == null ? newest : named));
    Origin origin =
        new Origin(Origin.Trigger.HTTP, request.actor(), request.reason(), request.requestKey());
    Optional<Operation> begun =
        new StartOperation(ports).start(request.cluster(), Kind.ROTATE, route, origin);
    if (begun.isPresent()) {
      return new RotationAnswer.Accepted(begun.get());
    }
    // Another was faster: perhaps this very request, sent twice.
    return answeredBefore(request)
        .orElseGet(
            () ->
                new RotationAnswer.Declined(
                    Cause.OPERATION_ACTIVE,
                    ports.records().active(request.cluster()).map(Stored::value).orElse(null)));
  }

  private static RotationAnswer declined(Cause cause) {
    return new RotationAnswer.Declined(cause, null);
  }
}
