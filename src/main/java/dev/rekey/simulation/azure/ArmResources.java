package dev.rekey.simulation.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.Cloud;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.UpdateProgress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Managed clusters as ARM serves them, whoever asks and by whatever way: JSON bodies by ARM id,
 * whole bodies put back, rights checked, one update of a cluster at a time. Thread-safe. Every
 * method that stands for a request throws {@link ArmRefusal}; a put also {@link LostCall}.
 */
public final class ArmResources {
  private static final String CLUSTERS = "Microsoft.ContainerService/managedClusters";

  private final Updates updates;
  private final ArmTroubles troubles;
  private final Map<String, ClusterDocument> clusters = new TreeMap<>();
  private final Map<String, ClusterName> names = new HashMap<>();
  private final Map<String, String> kubeconfigs = new TreeMap<>();
  private final Map<String, List<Maintenance>> maintenance = new TreeMap<>();
  private final List<AcceptedUpdate> accepted = new ArrayList<>();
  private final List<ObjectNode> acceptedBodies = new ArrayList<>();

  ArmResources(Updates updates, ArmTroubles troubles) {
    this.updates = updates;
    this.troubles = troubles;
  }

  synchronized ClusterName add(ClusterDocument document) {
    clusters.put(document.name().value(), document);
    return document.name();
  }

  synchronized void setKubeconfig(ClusterName cluster, String text) {
    kubeconfigs.put(cluster.value(), text);
  }

  synchronized List<AcceptedUpdate> accepted() {
    return List.copyOf(accepted);
  }

  synchronized List<ObjectNode> acceptedBodies() {
    return acceptedBodies.stream().map(ObjectNode::deepCopy).toList();
  }

  /** A cluster as it stands now, looked at or changed by nobody who is refused anything. */
  synchronized <T> T behindTheCurtain(ClusterName cluster, Look<T> look) {
    return look.at(settled(cluster, cluster.value()), updates);
  }

  /** What an oracle, or somebody else than the caller, does with a cluster. */
  @FunctionalInterface
  interface Look<T> {
    T at(ClusterDocument document, Updates updates);
  }

  /** The body of a cluster. */
  public synchronized ObjectNode get(String id) {
    troubles.checkThrottle();
    return read(id);
  }

  /** The body of a cluster, as part of a request that has passed the throttle already. */
  synchronized ObjectNode read(String id) {
    troubles.checkRight(CLUSTERS + "/read", id);
    ClusterName name = name(id);
    ClusterDocument document = settled(name, id);
    troubles.checkReadable(name, id);
    return shown(document);
  }

  /**
   * All clusters within a scope, by name.
   *
   * @param scope the ARM id of a subscription or resource group; empty for all there are
   */
  public synchronized List<ObjectNode> list(String scope) {
    troubles.checkThrottle();
    troubles.checkRight(CLUSTERS + "/read", scope);
    String prefix = (scope + "/").toLowerCase(Locale.ROOT);
    return clusters.values().stream()
        .filter(document -> document.resourceId().toLowerCase(Locale.ROOT).startsWith(prefix))
        .peek(updates::settle)
        .map(this::listed)
        .toList();
  }

  private ObjectNode listed(ClusterDocument document) {
    ObjectNode body = shown(document);
    if (troubles.isCutShortInLists(document.name())) {
      body.remove("eTag");
    }
    return body;
  }

  /** The ARM ids of all clusters, by name, as a list of them tells. */
  synchronized List<String> ids() {
    troubles.checkThrottle();
    troubles.checkRight(CLUSTERS + "/read", "");
    clusters.values().forEach(updates::settle);
    return clusters.values().stream().map(ClusterDocument::resourceId).toList();
  }

  /** What Rekey sees in the body that {@link #read} gives. */
  synchronized ManagedCluster view(String id) {
    if (troubles.hidesEtags()) {
      return ClusterView.of(read(id));
    }
    troubles.checkRight(CLUSTERS + "/read", id);
    ClusterName name = name(id);
    ClusterDocument document = settled(name, id);
    troubles.checkReadable(name, id);
    return document.view();
  }

  /** The same of the body that {@link #get} gives. */
  synchronized ManagedCluster viewAtRequest(String id) {
    troubles.checkThrottle();
    return view(id);
  }

  /** What Rekey sees in the body that a list shows. */
  synchronized ManagedCluster listedView(String id) {
    ClusterName name = name(id);
    return troubles.hidesEtags() || troubles.isCutShortInLists(name)
        ? view(id)
        : settled(name, id).view();
  }

  /** A name holds a hash, and is asked for at every look. */
  private ClusterName name(String id) {
    return names.computeIfAbsent(id, ClusterName::ofArmId);
  }

  /**
   * Takes a whole body in place of a cluster's so far. Only its settings of KMS and the Kubernetes
   * that is wanted may differ in what is acted on.
   *
   * @param ifMatch the ETag that must still stand; null and empty mean that any will do
   * @return the address of the asynchronous operation
   */
  public synchronized String put(String id, ObjectNode body, @Nullable String ifMatch) {
    troubles.checkThrottle();
    ClusterDocument document = settled(ClusterName.ofArmId(id), id);
    troubles.checkRight(CLUSTERS + "/write", id);
    checkLinkedAccess(document);
    checkUnchanged(document, ifMatch);
    checkNotUpdating(document);
    checkUpgrade(document, body);
    KmsSettings to = wanted(body);
    @Nullable UpdateFault fault = troubles.nextUpdateFault();
    if (fault == UpdateFault.LOST_REQUEST) {
      throw new LostCall();
    }
    String address = updates.accept(document, body, to, fault);
    accepted.add(new AcceptedUpdate(document.name(), to));
    acceptedBodies.add(body.deepCopy());
    if (fault == UpdateFault.LOST_REPLY) {
      throw new LostCall();
    }
    return address;
  }

  /** How an accepted update stands. */
  public synchronized UpdateProgress progress(String address) {
    troubles.checkThrottle();
    clusters.values().forEach(updates::settle);
    return updates.progress(address).orElseThrow(() -> ArmRefusal.notFound("operation"));
  }

  /** The kubeconfig of a user of the cluster. */
  public synchronized String userKubeconfig(String id) {
    troubles.checkThrottle();
    troubles.checkRight(CLUSTERS + "/listClusterUserCredential/action", id);
    ClusterName name = ClusterName.ofArmId(id);
    settled(name, id);
    return kubeconfigs.getOrDefault(name.value(), "");
  }

  /** The maintenance configurations of a cluster. */
  public synchronized List<ObjectNode> maintenance(String id) {
    return maintained(id).stream().map(each -> each.body(id)).toList();
  }

  /** The same as they were set. */
  synchronized List<Maintenance> maintained(String id) {
    troubles.checkThrottle();
    troubles.checkRight(CLUSTERS + "/maintenanceConfigurations/read", id);
    ClusterName name = ClusterName.ofArmId(id);
    settled(name, id);
    return maintenance.getOrDefault(name.value(), List.of());
  }

  synchronized void setMaintenance(ClusterName cluster, List<Maintenance> configurations) {
    maintenance.put(cluster.value(), List.copyOf(configurations));
  }

  private ClusterDocument settled(ClusterName name, String id) {
    ClusterDocument document = clusters.get(name.value());
    if (document == null) {
      throw ArmRefusal.notFound(id);
    }
    updates.settle(document);
    return document;
  }

  private ObjectNode shown(ClusterDocument document) {
    ObjectNode body = document.copy();
    if (troubles.hidesEtags()) {
      body.remove("eTag");
    }
    return body;
  }

  /**
   * ARM asks for the right to assign on every update, even one that leaves the identities alone.
   */
  private void checkLinkedAccess(ClusterDocument document) {
    List<String> identities = document.identities();
    if (troubles.refusesAssign() && !identities.isEmpty()) {
      throw ArmRefusal.linked(
          CLUSTERS + "/write",
          document.resourceId(),
          new ArmRefusal.MissingRight(ArmTroubles.ASSIGN, identities.get(0)));
    }
  }

  private static void checkUnchanged(ClusterDocument document, @Nullable String ifMatch) {
    boolean any = ifMatch == null || ifMatch.isEmpty() || ifMatch.equals("*");
    if (!any && !document.etag().equals(ifMatch)) {
      throw ArmRefusal.changed(document.resourceId());
    }
  }

  private static void checkNotUpdating(ClusterDocument document) {
    boolean isAtWork = Set.of("Updating", "Upgrading").contains(document.provisioningState());
    if (isAtWork) {
      throw ArmRefusal.updating(document.resourceId());
    }
  }

  /** With which code AKS refuses that isn't documented. */
  private static void checkUpgrade(ClusterDocument document, ObjectNode body) {
    if (!document.canBecome(body)) {
      throw ArmRefusal.invalid("K8sVersionNotSupported", "The upgrade is not offered.");
    }
  }

  private static KmsSettings wanted(ObjectNode body) {
    return ClusterView.of(body)
        .settings(Cloud.PUBLIC)
        .orElseThrow(
            () -> ArmRefusal.invalid("InvalidParameter", "keyId is not the URL of a key version"));
  }
}
