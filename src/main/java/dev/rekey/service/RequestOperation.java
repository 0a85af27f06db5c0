package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import dev.rekey.operation.Start;
import dev.rekey.service.RequestAnswer.Cause;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Stored;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Begins an operation because somebody asks for it. A key version from before the first meeting,
 * and a target that was refused before, are taken: a person asks.
 */
public final class RequestOperation {
  private final Ports ports;
  private final Conduct conduct;

  public RequestOperation(Ports ports, Conduct conduct) {
    this.ports = ports;
    this.conduct = conduct;
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
    return ports.records().operations(request.cluster()).stream()
        .filter(operation -> request.requestKey().equals(operation.origin().requestKey()))
        .findFirst()
        .map(operation -> again(request, operation));
  }

  private static RequestAnswer again(OperationRequest request, Operation operation) {
    return isTheSame(request, operation)
        ? new RequestAnswer.Accepted(operation)
        : new RequestAnswer.Declined(Cause.REQUEST_KEY_REUSED, operation);
  }

  private static boolean isTheSame(OperationRequest request, Operation operation) {
    List<KmsSettings> stops = operation.route().stops();
    KmsSettings first = stops.get(0);
    KmsSettings last = stops.get(stops.size() - 1);
    return request.kind() == operation.kind()
        && isUnsaidOr(request.targetKeyId(), last.key())
        && isUnsaidOr(request.expectedKeyId(), first.key())
        && isUnsaidOr(request.networkAccess(), last.access())
        && request.reason().equals(operation.origin().reason());
  }

  private static boolean isUnsaidOr(@Nullable Object said, @Nullable Object is) {
    return said == null || said.equals(is);
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
    return switch (request.kind()) {
      case ROTATE -> rotate(request, cluster, now.get());
      case RETURN -> back(request, cluster, now.get());
      default ->
          new WantedRoute(request, now.get())
              .find()
              .map(route -> begin(request, cluster, route))
              .orElse(declined(Cause.NOTHING_TO_CHANGE));
    };
  }

  private RequestAnswer rotate(OperationRequest request, ManagedCluster cluster, KmsSettings now) {
    Ledger ledger =
        new Ledgers(ports.records()).of(cluster.name(), now.key(), ports.time().instant()).value();
    Start start = new LookAtCluster(ports, conduct.cloud()).look(cluster, ledger).start();
    if (start instanceof Start.Nothing nothing) {
      return nothing(request, cluster, nothing, now);
    }
    KeyId newest =
        start instanceof Start.Propose propose ? propose.to() : ((Start.Rotate) start).to();
    return rotate(request, cluster, now, newest);
  }

  private RequestAnswer rotate(
      OperationRequest request, ManagedCluster cluster, KmsSettings now, KeyId newest) {
    return new WantedRoute(request, now)
        .rotated(newest)
        .map(route -> begin(request, cluster, route))
        .orElse(declined(Cause.VAULT_ATTACHED));
  }

  /** A target that somebody names is checked by the operation, which says what is wrong with it. */
  private RequestAnswer nothing(
      OperationRequest request, ManagedCluster cluster, Start.Nothing nothing, KmsSettings now) {
    boolean onNewest = nothing.idle() == Start.Idle.ALREADY_ON_NEWEST;
    if (onNewest && now.key() != null && request.targetKeyId() != null) {
      return rotate(request, cluster, now, now.key());
    }
    return declined(
        switch (nothing.idle()) {
          case KMS_NOT_ON_VERSIONED_KEY -> Cause.KMS_NOT_ON_VERSIONED_KEY;
          case CURRENT_VERSION_UNKNOWN -> Cause.CURRENT_VERSION_UNKNOWN;
          case ALREADY_ON_NEWEST, REFUSED_BEFORE, RETURNED_FROM -> Cause.NO_NEWER_VERSION;
        });
  }

  private RequestAnswer back(OperationRequest request, ManagedCluster cluster, KmsSettings now) {
    Ledger ledger =
        new Ledgers(ports.records()).of(cluster.name(), now.key(), ports.time().instant()).value();
    Operation active = ports.records().active(cluster.name()).map(Stored::value).orElse(null);
    Optional<KmsSettings> back = new WayBack(now, ledger, active).find(cluster.etag());
    if (back.isEmpty()) {
      return declined(Cause.NOTHING_TO_RETURN_TO);
    }
    KeyId named = request.targetKeyId();
    return named == null || named.equals(back.get().key())
        ? begin(request, cluster, Route.of(now, back.get()))
        : declined(Cause.OTHER_VERSION_PROVED);
  }

  private RequestAnswer begin(OperationRequest request, ManagedCluster cluster, Route route) {
    Origin origin =
        new Origin(Origin.Trigger.HTTP, request.actor(), request.reason(), request.requestKey());
    Optional<Operation> begun =
        new StartOperation(ports)
            .start(request.cluster(), request.kind(), route, origin)
            .or(() -> inPlaceOfTheActive(request, cluster, route, origin));
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

  private Optional<Operation> inPlaceOfTheActive(
      OperationRequest request, ManagedCluster cluster, Route route, Origin origin) {
    GivingWay givingWay = new GivingWay(request, cluster);
    return ports
        .records()
        .active(request.cluster())
        .flatMap(active -> givingWay.ended(active, ports.time().instant()))
        .flatMap(
            ended -> new StartOperation(ports).inPlaceOf(ended, request.kind(), route, origin));
  }

  private static RequestAnswer declined(Cause cause) {
    return new RequestAnswer.Declined(cause, null);
  }
}
