package dev.rekey.simulation.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.fleet.MaintenanceConfiguration;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.ShownKms;
import dev.rekey.operation.UpdateProgress;
import dev.rekey.operation.VaultResource;
import dev.rekey.service.port.ClusterSurroundings;
import dev.rekey.service.port.FoundClusters;
import dev.rekey.service.port.ManagedClusters;
import dev.rekey.service.port.OutsideFault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Azure Resource Manager with AKS behind it: clusters as JSON documents, ETags that move with every
 * change, one update of a cluster at a time, and its asynchronous end. This is the port's view of
 * it, in process; {@link #resources} is what HTTP serves. Thread-safe. The random source must be
 * used by nobody else on another thread.
 */
public final class SimulatedArm implements ManagedClusters {
  private static final String KMS = "/properties/securityProfile/azureKeyVaultKms";

  private final RandomGenerator random;
  private final ArmTroubles troubles = new ArmTroubles();
  private final ArmResources resources;
  private final ArmNeighbours neighbours = new ArmNeighbours(troubles);

  /**
   * An ARM without clusters.
   *
   * @param updateTakes how long an update runs at least; it ends when the control plane has rolled
   *     as well
   */
  public SimulatedArm(
      InstantSource time,
      RandomGenerator random,
      SimulatedVault vault,
      ControlPlane controlPlane,
      Duration updateTakes) {
    this.random = random;
    KeyValidation validation = new KeyValidation(vault, time);
    Updates updates =
        new Updates(time, random, validation, controlPlane, updateTakes, neighbours::connect);
    this.resources = new ArmResources(updates, troubles);
  }

  /** The same clusters, by ARM id and as JSON. */
  public ArmResources resources() {
    return resources;
  }

  /** What lies around clusters: their identities, vaults and nodes, and who may do what there. */
  public ArmNeighbours neighbours() {
    return neighbours;
  }

  /** The same as the use cases see it. */
  public ClusterSurroundings surroundings() {
    return new SimulatedSurroundings(this);
  }

  /** Makes a cluster that has been there for long: nothing is rolled. */
  public ClusterName add(NewCluster cluster) {
    return add(cluster.body());
  }

  /** Makes a cluster of a body as ARM shows it. */
  public ClusterName add(ObjectNode body) {
    synchronized (resources) {
      return resources.add(new ClusterDocument(body, random));
    }
  }

  /** Somebody sets a cluster's maintenance configurations, in place of those that it had. */
  public void setMaintenance(ClusterName cluster, Maintenance... configurations) {
    resources.setMaintenance(cluster, List.of(configurations));
  }

  /** What a user of the cluster gets as kubeconfig. */
  public void setKubeconfig(ClusterName cluster, String text) {
    resources.setKubeconfig(cluster, text);
  }

  /**
   * The body as it stands, without a call that is counted or refused: what an oracle may look at.
   */
  public ObjectNode body(ClusterName cluster) {
    return resources.behindTheCurtain(cluster, (document, updates) -> document.copy());
  }

  /** Somebody else changes the body; the ETag moves. */
  public void changedByAnother(ClusterName cluster, Consumer<ObjectNode> change) {
    resources.behindTheCurtain(
        cluster,
        (document, updates) -> {
          document.changedBy(change);
          return cluster;
        });
  }

  /** Somebody turns API Server VNet Integration on, without which no private vault is reached. */
  public void integrateApiServers(ClusterName cluster) {
    changedByAnother(
        cluster,
        body ->
            body.withObject("/properties/apiServerAccessProfile")
                .put("enableVnetIntegration", true));
  }

  /** {@link #body} as JSON. */
  public String bodyText(ClusterName cluster) {
    return body(cluster).toString();
  }

  /** The key id in the body; empty if it names none. */
  public String keyIdShown(ClusterName cluster) {
    return resources.behindTheCurtain(
        cluster, (document, updates) -> Objects.requireNonNullElse(document.keyId(), ""));
  }

  /** The ETag that a change must carry. */
  public String etagShown(ClusterName cluster) {
    return resources.behindTheCurtain(cluster, (document, updates) -> document.etag());
  }

  /** What the body shows of KMS. */
  public ShownKms kmsShown(ClusterName cluster) {
    return resources.behindTheCurtain(cluster, (document, updates) -> document.shownKms());
  }

  /** Somebody writes a key id into the body alone: no API server hears of it. */
  public void keyIdWrittenByAnother(ClusterName cluster, KeyId keyId) {
    changedByAnother(cluster, body -> body.withObject(KMS).put("keyId", keyId.url()));
  }

  /** Somebody else starts an update of the key, whatever is under way. */
  public void rotatedByAnother(ClusterName cluster, KeyId to) {
    updatedByAnother(cluster, kms -> kms.put("enabled", true).put("keyId", to.url()));
  }

  /** Somebody else turns KMS off. */
  public void turnedOffByAnother(ClusterName cluster) {
    updatedByAnother(cluster, kms -> kms.put("enabled", false));
  }

  /** Somebody else gives it these settings of KMS, whatever is under way. */
  public void updatedByAnother(ClusterName cluster, KmsSettings to) {
    updatedByAnother(cluster, kms -> set(kms, to));
  }

  private void updatedByAnother(ClusterName cluster, Consumer<ObjectNode> change) {
    resources.behindTheCurtain(
        cluster,
        (document, updates) -> {
          ObjectNode body = document.copy();
          change.accept(body.withObject(KMS));
          KmsSettings settings = ClusterView.of(body).settings(Cloud.PUBLIC).orElseThrow();
          return updates.accept(document, body, settings, null);
        });
  }

  /** Lets the next update go wrong; called again, the one after it. */
  public void failNextUpdate(UpdateFault fault) {
    troubles.failNextUpdate(fault);
  }

  /** Answers the next calls with 429. */
  public void throttle(int calls, Duration comeBackAfter) {
    troubles.throttle(calls, comeBackAfter);
  }

  /** Whether the caller lacks the right to assign the clusters' user-assigned identities. */
  public void refuseAssign(boolean refused) {
    troubles.refuseAssign(refused);
  }

  /** Whether the caller lacks the right to an action, wherever it is asked for. */
  public void forbid(String action, boolean forbidden) {
    troubles.forbid(action, forbidden);
  }

  /** Lets every read of one cluster fail with 500; lists show it. */
  public void breakReads(ClusterName cluster) {
    troubles.breakReads(cluster);
  }

  /** Takes a cluster away; lists show it still. */
  public void remove(ClusterName cluster) {
    troubles.remove(cluster);
  }

  /** Lets lists show one cluster without its ETag: it must be read by itself. */
  public void cutShortInLists(ClusterName cluster) {
    troubles.cutShortInLists(cluster);
  }

  /** Whether bodies are shown without their ETag. */
  public void hideEtags(boolean hidden) {
    troubles.hideEtags(hidden);
  }

  /** Every update that ARM has accepted from a caller, in order. */
  public List<AcceptedUpdate> acceptedUpdates() {
    return resources.accepted();
  }

  /** The whole bodies of {@link #acceptedUpdates}, as they came in. */
  public List<ObjectNode> acceptedBodies() {
    return resources.acceptedBodies();
  }

  @Override
  public List<ManagedCluster> list() {
    return find().all();
  }

  @Override
  public FoundClusters find() {
    try {
      return readEach(ArmView.call("the clusters", resources::ids));
    } catch (OutsideFault fault) {
      return new FoundClusters(List.of(), List.of(fault));
    }
  }

  /** A list shows whole bodies; one that lacks its ETag there is read by itself. */
  private FoundClusters readEach(List<String> listed) {
    List<ManagedCluster> found = new ArrayList<>();
    List<OutsideFault> missing = new ArrayList<>();
    for (String id : listed) {
      try {
        found.add(ArmView.view(id, () -> resources.listedView(id)));
      } catch (OutsideFault fault) {
        if (fault.kind() != OutsideFault.Kind.NOT_FOUND) {
          missing.add(fault);
        }
      }
    }
    return new FoundClusters(found, missing);
  }

  @Override
  public ManagedCluster read(ClusterName cluster) {
    return ArmView.view(cluster.value(), () -> resources.viewAtRequest(idOf(cluster)));
  }

  @Override
  public Optional<MaintenanceConfiguration> maintenance(ClusterName cluster) {
    List<Maintenance> all =
        ArmView.call("the maintenance of " + cluster, () -> resources.maintained(idOf(cluster)));
    return MaintenanceConfiguration.NAMES.stream()
        .flatMap(name -> all.stream().filter(each -> each.name().equals(name)))
        .findFirst()
        .map(Maintenance::configuration);
  }

  @Override
  public String updateKms(ClusterName cluster, KmsSettings from, KmsSettings to, String etag) {
    if (etag.isBlank()) {
      throw new IllegalArgumentException("ARM takes a blank ETag as none");
    }
    String what = "the cluster " + cluster;
    String id = ArmView.call(what, () -> idOf(cluster));
    ObjectNode body = ArmView.call(what, () -> resources.get(id));
    ArmView.checkUnchanged(body, from, etag);
    set(body.withObject(KMS), to);
    return ArmView.call(what, () -> resources.put(id, body, etag));
  }

  @Override
  public String upgradeKubernetes(ClusterName cluster, KubernetesVersion to, String etag) {
    if (etag.isBlank()) {
      throw new IllegalArgumentException("ARM takes a blank ETag as none");
    }
    String what = "the cluster " + cluster;
    String id = ArmView.call(what, () -> idOf(cluster));
    ObjectNode body = ArmView.call(what, () -> resources.get(id));
    ArmView.checkEtag(body, etag);
    body.withObject("/properties").put("kubernetesVersion", to.toString());
    return ArmView.call(what, () -> resources.put(id, body, etag));
  }

  private static void set(ObjectNode kms, KmsSettings to) {
    kms.put("enabled", to.isOn());
    if (to.key() != null) {
      kms.put("keyId", to.key().url());
      kms.put("keyVaultNetworkAccess", to.access().token());
      kms.put("keyVaultResourceId", Objects.requireNonNullElse(to.vaultResourceId(), ""));
    }
  }

  @Override
  public VaultResource readVault(String vaultResourceId) {
    ObjectNode body =
        ArmView.call(
            "the vault", () -> neighbours.get(vaultResourceId, "Microsoft.KeyVault/vaults/read"));
    return new VaultResource(
        vaultResourceId, Objects.requireNonNull(SetupView.openness(body.path("properties"))));
  }

  @Override
  public void updateVault(String vaultResourceId, NetworkAccess access) {
    boolean open = access == NetworkAccess.PUBLIC;
    try {
      ArmView.call("the vault", () -> neighbours.openVault(vaultResourceId, open));
    } catch (OutsideFault fault) {
      throw fault.isMissingRight() ? ArmView.withCommand(fault, vaultResourceId, open) : fault;
    }
  }

  @Override
  public UpdateProgress progress(String asynchronousOperation) {
    return ArmView.call("the operation", () -> resources.progress(asynchronousOperation));
  }

  /** The ARM id of a cluster that is there. */
  String idOf(ClusterName cluster) {
    return resources.behindTheCurtain(cluster, (document, updates) -> document.resourceId());
  }
}
