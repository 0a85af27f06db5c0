package dev.rekey.simulation.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.MinorVersion;
import dev.rekey.operation.ShownKms;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The body of one managed cluster. Whatever it holds that no model knows stays in it. */
final class ClusterDocument {
  /** What ARM itself sets, whatever is put. */
  private static final List<String> SET_BY_ARM = List.of("id", "name", "type", "eTag");

  private static final String RUNNING = "/properties/currentKubernetesVersion";
  private static final String KMS = "/properties/securityProfile/azureKeyVaultKms";

  private ObjectNode body;
  private final RandomGenerator random;
  private @Nullable ManagedCluster seen;

  ClusterDocument(ObjectNode body, RandomGenerator random) {
    this.body = body.deepCopy();
    this.random = random;
    moveEtag();
  }

  ClusterName name() {
    return ClusterName.ofArmId(resourceId());
  }

  String resourceId() {
    return body.path("id").asText();
  }

  String etag() {
    return body.path("eTag").asText();
  }

  String provisioningState() {
    return body.at("/properties/provisioningState").asText();
  }

  /** The key id in use, as it stands there; null if there is none, or KMS is off. */
  @Nullable String keyId() {
    JsonNode kms = body.at(KMS);
    return kms.path("enabled").asBoolean(false) ? kms.path("keyId").textValue() : null;
  }

  /** What Rekey sees in it. */
  ManagedCluster view() {
    ManagedCluster view = seen;
    if (view == null) {
      view = ClusterView.of(body);
      seen = view;
    }
    return view;
  }

  /** What it shows of KMS. */
  ShownKms shownKms() {
    return ClusterView.kms(body.at(KMS));
  }

  /** A copy of the settings of KMS; a missing node if there are none. */
  JsonNode kms() {
    return body.at(KMS).deepCopy();
  }

  /** The Kubernetes that it is to run; empty if that isn't said. */
  String wantedKubernetes() {
    return body.at("/properties/kubernetesVersion").asText("");
  }

  private String runningKubernetes() {
    return body.at(RUNNING).asText(wantedKubernetes());
  }

  boolean isToBeUpgraded() {
    return !wantedKubernetes().equals(runningKubernetes());
  }

  /**
   * Whether AKS upgrades it to what another body wants: to the next minor version at most, and not
   * away from KMS v1 while that is on.
   */
  boolean canBecome(ObjectNode other) {
    Optional<MinorVersion> from = MinorVersion.of(runningKubernetes());
    Optional<MinorVersion> to =
        MinorVersion.of(other.at("/properties/kubernetesVersion").asText(""));
    if (from.isEmpty() || from.equals(to)) {
      return true;
    }
    boolean leavesKmsV1 = keyId() != null && !from.get().hasKmsV2();
    return to.equals(from.map(MinorVersion::next)) && !(leavesKmsV1 && to.get().hasKmsV2());
  }

  /** Its control plane has come to another Kubernetes. */
  void runs(String version) {
    seen = null;
    body.withObject("/properties").put("currentKubernetesVersion", version);
  }

  /** The user-assigned identities, each of which every update "assigns" again. */
  List<String> identities() {
    Iterable<String> ids = () -> body.at("/identity/userAssignedIdentities").fieldNames();
    return StreamSupport.stream(ids.spliterator(), false).toList();
  }

  ObjectNode copy() {
    return body.deepCopy();
  }

  /** Another body, whose members replace all there are: what isn't in it is gone. */
  void replace(ObjectNode other) {
    seen = null;
    ObjectNode next = other.deepCopy();
    SET_BY_ARM.forEach(member -> next.set(member, body.path(member)));
    body = next;
  }

  /** Shows another provisioning state and other settings of KMS, and moves the ETag. */
  void change(String provisioningState, JsonNode kms) {
    body.withObject("/properties").put("provisioningState", provisioningState);
    ObjectNode profile = body.withObject("/properties/securityProfile");
    if (kms.isMissingNode()) {
      profile.remove("azureKeyVaultKms");
    } else {
      profile.set("azureKeyVaultKms", kms);
    }
    moveEtag();
  }

  void changedBy(Consumer<ObjectNode> change) {
    change.accept(body);
    moveEtag();
  }

  private void moveEtag() {
    seen = null;
    body.put("eTag", Guids.next(random));
  }
}
