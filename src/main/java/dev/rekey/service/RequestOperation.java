package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Route;
import dev.rekey.operation.Start;
import dev.rekey.service.RequestAnswer.Cause;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Stored;
import java.util.Optional;

/**
 * Begins an operation because somebody asks for it. A key version from before the first meeting,
 * and a target that was refused before, are taken: a person asks.
 */
public final class RequestOperation {
  private final Ports ports;
  private final Conduct conduct;
  private final boolean begins;

  public RequestOperation(Ports ports, Conduct conduct) {
    this(ports, conduct, true);
  }

  private RequestOperation(Ports ports, Conduct conduct, boolean begins) {
    this.ports = ports;
    this.conduct = conduct;
    this.begins = begins;
  }

  /** The same looks and refusals; what would be begun is {@link RequestAnswer.Possible} instead. */
  public static RequestOperation looking(Ports ports, Conduct conduct) {
    return new RequestOperation(ports, conduct, false);
  }

  /**
   * Looks at the cluster and begins. The same request again gives the operation that it began.
   *
   * @throws OutsideFault if ARM, the vault or storage gives no answer
   */
  public RequestAnswer request(OperationRequest request) {
    Optional<RequestAnswer> before = answeredBefore(request);
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

  private Optional<RequestAnswer> answeredBefore(OperationRequest request) {
    String key = request.origin().requestKey();
    return ports.records().operations(request.cluster()).stream()
        .filter(operation -> key != null && key.equals(operation.origin().requestKey()))
        .findFirst()
        .map(operation -> again(request, operation));
  }

  private static RequestAnswer again(OperationRequest request, Operation operation) {
    return isTheSame(request, operation)
        ? new RequestAnswer.Accepted(operation)
        : new RequestAnswer.Declined(Cause.REQUEST_KEY_REUSED, operation);
  }

  private static boolean isTheSame(OperationRequest request, Operation operation) {
    return request.isServedBy(operation)
        && request.origin().reason().equals(operation.origin().reason());
  }

  private Optional<ManagedCluster> find(OperationRequest request) {
    try {
      return Optional.of(ports.clusters().read(request.cluster()));
    } catch (OutsideFault fault) {
      if (fault.kind() == OutsideFault.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  private RequestAnswer begin(OperationRequest request, ManagedCluster cluster) {
    Optional<KmsSettings> now = cluster.settings(conduct.cloud());
    KeyId inUse = now.map(KmsSettings::key).orElse(null);
    KeyId expected = request.expectedKeyId();
    if (expected != null && (inUse == null || !inUse.isSameAs(expected))) {
      return declined(Cause.OTHER_KEY_IN_USE);
    }
    if (now.isEmpty()) {
      return declined(Cause.KMS_NOT_ON_VERSIONED_KEY);
    }
    return request.kind() == Kind.ROTATE || request.kind() == Kind.RECOVER_EXPIRED_KEY
        ? rotate(request, cluster, now.get())
        : new WantedRoute(request, now.get())
            .find()
            .map(route -> begin(request, route))
            .orElse(declined(Cause.NOTHING_TO_CHANGE));
  }

  private RequestAnswer rotate(OperationRequest request, ManagedCluster cluster, KmsSettings now) {
    Ledger ledger =
        new Ledgers(ports.records()).of(cluster.name(), now.key(), ports.time().instant()).value();
    Start start = new LookAtCluster(ports, conduct.cloud()).look(cluster, ledger).start();
    if (start instanceof Start.Nothing nothing) {
      return nothing(request, nothing, now);
    }
    KeyId newest =
        start instanceof Start.Propose propose ? propose.to() : ((Start.Rotate) start).to();
    return rotate(request, now, newest);
  }

  private RequestAnswer rotate(OperationRequest request, KmsSettings now, KeyId newest) {
    return new WantedRoute(request, now)
        .rotated(newest)
        .map(route -> begin(request, route))
        .orElse(declined(Cause.VAULT_ATTACHED));
  }

  /** A target that somebody names is checked by the operation, which says what is wrong with it. */
  private RequestAnswer nothing(OperationRequest request, Start.Nothing nothing, KmsSettings now) {
    boolean onNewest = nothing.idle() == Start.Idle.ALREADY_ON_NEWEST;
    if (onNewest && now.key() != null && request.targetKeyId() != null) {
      return rotate(request, now, now.key());
    }
    return declined(
        switch (nothing.idle()) {
          case KMS_NOT_ON_VERSIONED_KEY -> Cause.KMS_NOT_ON_VERSIONED_KEY;
          case CURRENT_VERSION_UNKNOWN -> Cause.CURRENT_VERSION_UNKNOWN;
          case ALREADY_ON_NEWEST, REFUSED_BEFORE -> Cause.NO_NEWER_VERSION;
        });
  }

  private RequestAnswer begin(OperationRequest request, Route route) {
    if (!begins) {
      return new RequestAnswer.Possible(route);
    }
    Optional<Operation> begun =
        new StartOperation(ports).start(request.cluster(), request.kind(), route, request.origin());
    if (begun.isPresent()) {
      return new RequestAnswer.Accepted(begun.get());
    }
    // Another was faster: perhaps this very request, sent twice.
    return answeredBefore(request)
        .orElseGet(
            () ->
                new RequestAnswer.Declined(
                    Cause.OPERATION_ACTIVE,
                    ports.records().active(request.cluster()).map(Stored::value).orElse(null)));
  }

  private static RequestAnswer declined(Cause cause) {
    return new RequestAnswer.Declined(cause, null);
  }
}
