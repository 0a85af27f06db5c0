package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Route;
import dev.rekey.service.RequestAnswer.Cause;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Stored;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    FindRoute.Found found =
        new FindRoute(ports, conduct).find(request.wanted(), cluster, () -> ledger(cluster));
    Route route = found.route();
    return route == null ? declined(found.cause()) : begin(request, cluster, route);
  }

  private Ledger ledger(ManagedCluster cluster) {
    KeyId inUse = cluster.settings(conduct.cloud()).map(KmsSettings::key).orElse(null);
    return new Ledgers(ports.records()).of(cluster.name(), inUse, ports.time().instant()).value();
  }

  private RequestAnswer begin(OperationRequest request, ManagedCluster cluster, Route route) {
    if (!begins) {
      return new RequestAnswer.Possible(route);
    }
    Optional<Operation> begun =
        new StartOperation(ports)
            .start(request.cluster(), request.kind(), route, request.origin())
            .or(() -> inPlaceOfTheActive(request, cluster, route));
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
      OperationRequest request, ManagedCluster cluster, Route route) {
    GivingWay givingWay = new GivingWay(request, cluster);
    return ports
        .records()
        .active(request.cluster())
        .flatMap(active -> givingWay.ended(active, ports.time().instant()))
        .flatMap(
            ended ->
                new StartOperation(ports)
                    .inPlaceOf(ended, request.kind(), route, request.origin()));
  }

  private static RequestAnswer declined(@Nullable Cause cause) {
    return new RequestAnswer.Declined(
        Objects.requireNonNull(cause, "no route, and no cause"), null);
  }
}
