package dev.rekey.aks;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.fleet.MaintenanceConfiguration;
import dev.rekey.key.Cloud;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.UpdateProgress;
import dev.rekey.operation.VaultResource;
import dev.rekey.service.port.ClusterSurroundings;
import dev.rekey.service.port.FoundClusters;
import dev.rekey.service.port.ManagedClusters;
import dev.rekey.service.port.OutsideFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** AKS clusters behind the Azure Resource Manager of one cloud. Thread-safe. */
public final class ArmClusters implements ManagedClusters {
  private static final String BLANK_ETAG = "ARM takes a blank ETag as none";
  private static final String HAS_CHANGED = "it has changed since it was read";

  private final ArmHost host;
  private final ArmRequests requests;
  private final ClusterIds ids;
  private final Cloud cloud;

  private ArmClusters(ArmHost host, ArmRequests requests, ClusterIds ids, Cloud cloud) {
    this.host = host;
    this.requests = requests;
    this.ids = ids;
    this.cloud = cloud;
  }

  /**
   * Asks nothing yet.
   *
   * @param scopes ARM ids of subscriptions ({@code /subscriptions/<GUID>}), resource groups or
   *     clusters, in any case
   * @param applicationId goes into the user agent
   * @throws IllegalArgumentException if a scope has another form
   */
  public static ArmClusters open(
      List<String> scopes,
      Cloud cloud,
      TokenCredential credential,
      HttpClient http,
      String applicationId) {
    return open(
        scopes, cloud, credential, http, applicationId, BoundedRetries.FIRST_DELAY, Waiting.SLEEP);
  }

  /** For tests, which needn't wait. */
  static ArmClusters open(
      List<String> scopes,
      Cloud cloud,
      TokenCredential credential,
      HttpClient http,
      String applicationId,
      Duration firstDelay,
      Waiting waiting) {
    ArmHost host = ArmHost.of(cloud);
    ArmPipelines pipelines = ArmPipelines.to(host, credential, http, applicationId, firstDelay);
    ArmRequests requests = new ArmRequests(host, pipelines);
    ClusterFinder finder = new ClusterFinder(host, requests, waiting);
    ClusterIds ids = new ClusterIds(scopes.stream().map(ArmClusters::scope).toList(), finder);
    return new ArmClusters(host, requests, ids, cloud);
  }

  /** What lies around the same clusters, over the same connections. */
  public ClusterSurroundings surroundings() {
    return new ArmSurroundings(ids, cloud, new ArmParts(host, requests));
  }

  /** Whether a text is the ARM id of a subscription, a resource group or an AKS cluster. */
  public static boolean isScope(String id) {
    return ArmScope.parse(id).isPresent();
  }

  /** Whether a text is the ARM id of an AKS cluster. */
  public static boolean isCluster(String id) {
    return ArmScope.parse(id).filter(ArmScope::isCluster).isPresent();
  }

  private static ArmScope scope(String id) {
    return ArmScope.parse(id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a scope is the ARM id of a subscription, resource group or AKS cluster"));
  }

  @Override
  public List<ManagedCluster> list() {
    return find().all();
  }

  /**
   * Looks through the scopes, whose pages show each cluster as a whole. One that a page doesn't
   * show so is read by itself; where it vanishes in between it is left out, unless a scope names
   * it.
   */
  @Override
  public FoundClusters find() {
    List<OutsideFault> missing = new ArrayList<>();
    ReadAlone alone = new ReadAlone(ids, id -> body(id).view());
    List<ManagedCluster> found = alone.look(ids.all(missing::add));
    missing.addAll(alone.missing());
    return new FoundClusters(found, missing);
  }

  @Override
  public ManagedCluster read(ClusterName cluster) {
    return body(ids.of(cluster)).view();
  }

  /** A configuration that decides nothing isn't looked at, and may have any form. */
  @Override
  public Optional<MaintenanceConfiguration> maintenance(ClusterName cluster) {
    ArmScope id = ids.of(cluster);
    String doing = "read the maintenance configurations of the cluster " + cluster;
    List<JsonNode> shown =
        new ArmParts(host, requests)
            .pages(doing, requests.address(id, "/maintenanceConfigurations", ""), each -> each);
    return MaintenanceConfiguration.NAMES.stream()
        .flatMap(
            name ->
                shown.stream().filter(each -> name.equalsIgnoreCase(each.path("name").asText())))
        .findFirst()
        .map(
            each ->
                new MaintenanceConfiguration(
                    each.path("name").asText(),
                    new MaintenanceView(doing).window(each.path("properties"))));
  }

  private ClusterBody body(ArmScope id) {
    String doing = "read the cluster " + id.name();
    try {
      return new ClusterBody(doing, id, requests.get(doing, requests.address(id)));
    } catch (OutsideFault fault) {
      if (fault.kind() == OutsideFault.Kind.NOT_FOUND) {
        ids.forget(id.name());
      }
      throw fault;
    }
  }

  @Override
  public String updateKms(ClusterName cluster, KmsSettings from, KmsSettings to, String etag) {
    if (etag.isBlank()) {
      throw new IllegalArgumentException(BLANK_ETAG);
    }
    ArmScope id = ids.of(cluster);
    ClusterBody body = body(id);
    String doing = "update the cluster " + cluster;
    checkUnchanged(doing, body, from, etag);
    // Without an address of its own an update is followed by the cluster's provisioning state.
    return requests
        .put(doing, requests.address(id), body.with(to), etag)
        .orElse(requests.address(id));
  }

  @Override
  public String upgradeKubernetes(ClusterName cluster, KubernetesVersion to, String etag) {
    if (etag.isBlank()) {
      throw new IllegalArgumentException(BLANK_ETAG);
    }
    ArmScope id = ids.of(cluster);
    ClusterBody body = body(id);
    String doing = "upgrade the cluster " + cluster + " to Kubernetes " + to;
    if (!body.etag().equals(etag)) {
      throw ArmFaults.fault(OutsideFault.Kind.CHANGED_MEANWHILE, doing, HAS_CHANGED);
    }
    return requests
        .put(doing, requests.address(id), body.with(to), etag)
        .orElse(requests.address(id));
  }

  private static void checkUnchanged(
      String doing, ClusterBody body, KmsSettings from, String etag) {
    boolean same = body.view().isAt(from);
    if (!same || !body.etag().equals(etag)) {
      throw ArmFaults.fault(
          OutsideFault.Kind.CHANGED_MEANWHILE,
          doing,
          same ? HAS_CHANGED : "KMS is no longer as it was read: " + from);
    }
  }

  @Override
  public VaultResource readVault(String vaultResourceId) {
    return new VaultRequests(requests).read(vaultResourceId);
  }

  @Override
  public void updateVault(String vaultResourceId, NetworkAccess access) {
    new VaultRequests(requests).update(vaultResourceId, access);
  }

  @Override
  public UpdateProgress progress(String asynchronousOperation) {
    String doing = "ask how the update stands";
    if (!host.owns(asynchronousOperation)) {
      throw ArmFaults.fault(
          OutsideFault.Kind.NOT_FOUND,
          doing,
          "its address is none of " + host + ", so nobody was asked");
    }
    return OperationAnswer.read(requests.get(doing, asynchronousOperation))
        .orElseThrow(() -> ArmFaults.malformed(doing, "its answer names no status"));
  }

  /**
   * The kubeconfig that AKS hands to a user: with Entra it names a login; without, it holds a
   * client certificate with full rights, and whoever asks decides whether to use that.
   *
   * @throws OutsideFault as {@link #read} does
   */
  public String userKubeconfig(ClusterName cluster) {
    ArmScope id = ids.of(cluster);
    String doing = "get the user kubeconfig of the cluster " + cluster;
    ObjectNode answer =
        requests.post(doing, requests.address(id, "/listClusterUserCredential", "&format=exec"));
    String encoded = answer.at("/kubeconfigs/0/value").asText("");
    try {
      String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      if (!text.isBlank()) {
        return text;
      }
    } catch (IllegalArgumentException notBase64) {
      // Whatever it is, it isn't quoted.
    }
    throw ArmFaults.malformed(doing, "its answer holds no kubeconfig");
  }
}
