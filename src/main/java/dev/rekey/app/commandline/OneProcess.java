package dev.rekey.app.commandline;

import dev.rekey.eventgrid.KeyEventParser;
import dev.rekey.key.Cloud;
import dev.rekey.key.IgnoredEvent;
import dev.rekey.key.KeyEvent;
import dev.rekey.key.ReceivedEvent;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Examination;
import dev.rekey.operation.Findings;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.OperationPlan;
import dev.rekey.operation.Order;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import dev.rekey.operation.step.PlanHash;
import dev.rekey.reencryption.Limits;
import dev.rekey.service.Conduct;
import dev.rekey.service.ExamineCluster;
import dev.rekey.service.OperationRequest;
import dev.rekey.service.PlanAnswer;
import dev.rekey.service.PlanOperation;
import dev.rekey.service.Ports;
import dev.rekey.service.ReceiveKeyEvent;
import dev.rekey.service.Reconcile;
import dev.rekey.service.RequestAnswer;
import dev.rekey.service.RequestOperation;
import dev.rekey.service.RequestPlan;
import dev.rekey.service.RetryExceptions;
import dev.rekey.service.StartOperation;
import dev.rekey.service.SteerAnswer;
import dev.rekey.service.SteerOperation;
import dev.rekey.service.TakeUp;
import dev.rekey.service.port.Records;
import dev.rekey.service.port.Stored;
import dev.rekey.storage.MemoryQueues;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The engine in one process, which is the only one that works on its clusters. */
public final class OneProcess {
  private final Ports ports;
  private final Limits limits;
  private final LocalHost host;
  private final Conduct conduct;
  private final Reconcile reconcile;
  private final ReceiveKeyEvent receive;
  private final KeyEventParser events;

  public OneProcess(Ports ports, MemoryQueues queues, Pause pause, Limits limits, Cloud cloud) {
    this(ports, queues, pause, limits, Conduct.auto(cloud));
  }

  /**
   * One that does more or less by itself.
   *
   * @param conduct how much
   */
  OneProcess(Ports ports, MemoryQueues queues, Pause pause, Limits limits, Conduct conduct) {
    this.ports = ports;
    this.limits = limits;
    this.host = new LocalHost(ports, queues, pause, limits);
    this.conduct = conduct;
    this.reconcile = new Reconcile(ports, conduct, Map::of);
    this.receive = new ReceiveKeyEvent(ports, conduct);
    this.events = new KeyEventParser(conduct.cloud());
  }

  /** Takes in the text of a vault event, in either envelope, one or several. */
  public void receive(String eventText) {
    for (ReceivedEvent event : events.parse(eventText)) {
      if (event instanceof KeyEvent keyEvent) {
        receive.handle(keyEvent);
      } else if (event instanceof IgnoredEvent ignored) {
        ports.signals().count("key-event-ignored", ignored.reason().token());
      }
    }
  }

  /** Looks at every cluster in scope, as the timer does. */
  public void reconcile() {
    reconcile.run();
  }

  /** The operation that an earlier process left unfinished on the cluster. */
  public Optional<Operation> unfinished(ClusterName cluster) {
    return ports.records().active(cluster).map(Stored::value);
  }

  /** Takes up what an earlier process left. */
  public void takeUp(Operation operation) {
    new TakeUp(ports).alone(operation);
  }

  /**
   * Lets an operation that has stalled look again at once, at exceptions too: somebody asks for it,
   * and has perhaps mended what it waits for. One that hasn't stalled stays as it is.
   */
  public Operation wake(Operation unfinished, Origin origin) {
    return new RetryExceptions(ports).retry(unfinished.cluster(), origin).orElse(unfinished);
  }

  /** Begins an operation; empty if one is active. */
  public Optional<Operation> start(ClusterName cluster, Kind kind, Route route, Origin origin) {
    return new StartOperation(ports).start(cluster, kind, route, origin);
  }

  /** A person approves what the plan of an operation says now. */
  public SteerAnswer approve(Operation planned, Origin person) {
    return steer(planned, order(Order.Action.APPROVE, person, PlanHash.of(planned)));
  }

  /** A person ends what has changed nothing yet. */
  public SteerAnswer cancel(Operation operation, Origin person) {
    return steer(operation, order(Order.Action.CANCEL, person, null));
  }

  private Order order(Order.Action action, Origin person, @Nullable String planHash) {
    return new Order(
        action, person.actor(), person.reason(), ports.time().instant(), null, planHash);
  }

  /** Gives an operation an order, as over HTTP. */
  public SteerAnswer steer(Operation operation, Order order) {
    return new SteerOperation(ports).steer(operation.id(), order);
  }

  /** What a person's wish would begin, by a fresh look; nothing is begun. */
  public RequestAnswer look(OperationRequest request) {
    return RequestOperation.looking(ports, conduct).request(request);
  }

  /** Begins what a person wishes, by another fresh look. */
  public RequestAnswer request(OperationRequest request) {
    return new RequestOperation(ports, conduct).request(request);
  }

  /**
   * Looks again at what could not be rewritten; empty if the last operation left no exceptions.
   *
   * @see RetryExceptions
   */
  public Optional<Operation> retryExceptions(ClusterName cluster, Origin origin) {
    return new RetryExceptions(ports).retry(cluster, origin);
  }

  /**
   * Begins a count; empty if an operation is active.
   *
   * @param route the settings of KMS, which stay; unknown without ARM
   * @param objects whether single Secrets under other keys are to be named too
   */
  public Optional<Operation> startCensus(
      ClusterName cluster, Route route, boolean objects, Origin origin) {
    Findings wish = objects ? Findings.OF_OBJECTS : Findings.NONE;
    return new StartOperation(ports).start(cluster, Kind.CENSUS, route, origin, wish);
  }

  /** What a person's wish would do; nothing is changed or recorded. */
  public PlanAnswer plan(OperationRequest request, Duration patience) {
    return new RequestPlan(ports, conduct, limits)
        .request(request.cluster(), request.wanted(), patience);
  }

  /** The same, of a cluster that is known by its kubeconfig alone. */
  public OperationPlan plan(ClusterName cluster, Kind kind, Duration patience) {
    Instant deadline = ports.time().instant().plus(patience);
    return new PlanOperation(ports, limits).plan(cluster, kind, Route.UNKNOWN, deadline);
  }

  /**
   * How a cluster stands, with nothing to be done to it in mind.
   *
   * @param cloud where it is; null where there is only a kubeconfig
   */
  public Examination examine(ClusterName cluster, @Nullable Cloud cloud, Duration patience) {
    Instant deadline = ports.time().instant().plus(patience);
    return new ExamineCluster(ports, limits, cloud).examine(cluster, deadline);
  }

  /**
   * Works until the operation has ended or stalled, or has waited too long.
   *
   * @param progress told of the operation after each message
   * @param patience how long it may take
   */
  public Operation run(Operation operation, Consumer<Operation> progress, Duration patience)
      throws InterruptedException {
    return host.run(operation, progress, ports.time().instant().plus(patience));
  }

  public Optional<Records.StoredEvidence> evidence(Operation operation) {
    return ports.records().evidence(operation.cluster(), operation.id());
  }
}
