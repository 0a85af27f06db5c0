package dev.rekey.service;

import dev.rekey.key.Ledger;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Route;
import dev.rekey.operation.preflight.Change;
import dev.rekey.operation.preflight.ClusterSetup;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.preflight.Preflight;
import dev.rekey.operation.preflight.Question;
import dev.rekey.operation.preflight.Reach.Contact;
import dev.rekey.operation.preflight.Surroundings;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import java.util.List;
import java.util.Set;

/**
 * Says of a change of KMS, before anything is changed, what stands against it. Reads and changes
 * nothing but a dry-run patch of a Secret that isn't there.
 */
public final class RunPreflight {
  /**
   * How often in a row something outside may give an operation no answer before what it would have
   * told is taken as not known: an advice that nobody can give must not hold up a rotation for
   * ever.
   */
  private static final int MOST_FAULTS = 5;

  private final Ports ports;

  public RunPreflight(Ports ports) {
    this.ports = ports;
  }

  /**
   * The findings of every check that the changes concern, made one after another. Where something
   * outside gives no answer, the checks that need it say so.
   */
  public List<Finding> findings(ClusterName cluster, List<Change> changes) {
    Surroundings around =
        new ReadSurroundings(ports, Silence.TOLD).withoutApiServer(cluster, changes);
    ReadApiServer apiServer = new ReadApiServer(ports, cluster);
    boolean onKmsV1 = around.cluster().setup().known().map(ClusterSetup::isOnKmsV1).orElse(false);
    boolean encrypted = changes.get(0).startsFromNamedKeys() && !onKmsV1;
    Surroundings seen =
        around.withApiServer(apiServer.contact(encrypted), apiServer.secrets(around.cluster()));
    return Preflight.findings(changes, seen, ports.time().instant());
  }

  /** The findings that need no ARM: whether an API server does what an operation asks of it. */
  public List<Finding> ofApiServer(ClusterName cluster) {
    Contact contact = new ReadApiServer(ports, cluster).contact(true);
    return Preflight.ofApiServer(contact, ports.time().instant());
  }

  /**
   * The findings that an operation begins with. What stands against it by Azure is told without
   * asking the API servers, which may be out of reach for that very reason.
   *
   * @throws OutsideFault if something gives no answer, for some time
   */
  List<Finding> before(Operation operation, Ledger ledger, Connection connection) {
    List<Change> changes = changes(operation.kind(), operation.route(), ledger);
    Surroundings around = around(operation, changes);
    List<Finding> found = Preflight.findings(changes, around, ports.time().instant());
    if (found.stream().anyMatch(Finding::isFailed)) {
      return found;
    }
    ApiServers servers = connection.apiServers();
    new CheckAccess(servers, ports.time()).run(changes.get(0).startsFromNamedKeys());
    Surroundings seen =
        around.withApiServer(
            Contact.ANSWERED,
            new ReadApiServer(ports, operation.cluster()).secrets(around.cluster()));
    return Preflight.findings(changes, seen, ports.time().instant());
  }

  /**
   * The findings that rest on Azure alone.
   *
   * @throws OutsideFault if it gives no answer
   */
  List<Finding> aroundOnly(Operation operation, Ledger ledger) {
    ClusterName cluster = operation.cluster();
    List<Change> changes = changes(operation.kind(), operation.route(), ledger);
    Surroundings around =
        new ReadSurroundings(ports, Silence.THROWN).withoutApiServer(cluster, changes);
    return Preflight.findings(changes, around, ports.time().instant());
  }

  /**
   * The findings of some checks about settings that stay as they are, by Azure alone: what stands
   * against them is wrong now.
   *
   * @param checks their tokens
   * @throws OutsideFault if it gives no answer
   */
  List<Finding> standing(ClusterName cluster, KmsSettings now, Ledger ledger, Set<String> checks) {
    Change staying = changes(Kind.CENSUS, Route.staying(now), ledger).get(0);
    Surroundings around =
        new ReadSurroundings(ports, Silence.THROWN).withoutApiServer(cluster, List.of(staying));
    return Preflight.findings(new Question(staying, around, ports.time().instant()), checks);
  }

  private Surroundings around(Operation operation, List<Change> changes) {
    var pending = operation.progress().pending();
    Silence silence =
        pending == null || pending.faults() < MOST_FAULTS ? Silence.THROWN : Silence.TOLD;
    return new ReadSurroundings(ports, silence).withoutApiServer(operation.cluster(), changes);
  }

  /** The changes that an operation makes on its route. */
  static List<Change> changes(Kind kind, Route route, Ledger ledger) {
    List<Change> changes = Change.along(route, ledger.inPreviousSlot().orElse(null));
    return kind == Kind.MIGRATE_TO_KMS_V2
        ? changes.stream().map(Change::leavingKmsV1).toList()
        : changes;
  }
}
