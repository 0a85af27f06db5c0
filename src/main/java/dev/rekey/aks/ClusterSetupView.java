package dev.rekey.aks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.Cloud;
import dev.rekey.key.InvalidKeyId;
import dev.rekey.key.KeyId;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.preflight.AgentPool;
import dev.rekey.operation.preflight.ApiServerAccess;
import dev.rekey.operation.preflight.AssignedIdentity;
import dev.rekey.operation.preflight.ClusterIdentity;
import dev.rekey.operation.preflight.ClusterSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the checks look at in a cluster's body. */
final class ClusterSetupView {
  private final String doing;
  private final ArmScope id;
  private final Cloud cloud;
  private final ObjectNode body;
  private final JsonNode properties;

  /**
   * A body that was asked for.
   *
   * @throws dev.rekey.service.port.OutsideFault with {@code MALFORMED} if it is none of a cluster
   */
  ClusterSetupView(String doing, ArmScope id, Cloud cloud, ObjectNode body) {
    this.doing = doing;
    this.id = id;
    this.cloud = cloud;
    this.body = body;
    this.properties = body.path("properties");
    if (!properties.isObject()) {
      throw ArmFaults.malformed(doing, "its answer shows no properties");
    }
  }

  ClusterSetup setup() {
    ManagedCluster cluster = new ClusterBody(doing, id, body).view();
    return new ClusterSetup(
        id.id(),
        StrictMember.text(properties.path("provisioningState"), StrictMember.WORD),
        StrictMember.text(properties.at("/powerState/code"), StrictMember.WORD),
        version(),
        kms(),
        StrictMember.text(kmsShown().path("keyId"), StrictMember.KEY),
        experience(cluster.experience()),
        identity(),
        apiServer(),
        pools());
  }

  /** The running one; where none is shown, the one that was asked for. */
  private @Nullable String version() {
    JsonNode running = properties.path("currentKubernetesVersion");
    return StrictMember.text(
        StrictMember.isAbsent(running) ? properties.path("kubernetesVersion") : running,
        StrictMember.VERSION);
  }

  private JsonNode kmsShown() {
    return properties.at("/securityProfile/azureKeyVaultKms");
  }

  /** The resource group of its nodes; empty if it isn't shown. */
  Optional<String> nodeGroup() {
    return Optional.ofNullable(
        StrictMember.text(properties.path("nodeResourceGroup"), StrictMember.GROUP));
  }

  /**
   * Unproved where what decides it can't be understood: then it isn't taken for ours, or for off.
   */
  private KmsExperience experience(KmsExperience shown) {
    JsonNode profile = properties.at("/securityProfile/kubernetesResourceObjectEncryptionProfile");
    JsonNode platform = profile.path("infrastructureEncryption");
    boolean understood =
        (StrictMember.isAbsent(profile) || profile.isObject())
            && (StrictMember.isAbsent(platform)
                || StrictMember.text(platform, StrictMember.WORD) != null);
    boolean sure = shown == KmsExperience.PLATFORM_MANAGED || (understood && kms() != null);
    return sure ? shown : KmsExperience.UNPROVED;
  }

  /** Null where it can't be understood: then it isn't taken for off. */
  private @Nullable KmsSettings kms() {
    JsonNode profile = properties.path("securityProfile");
    JsonNode kms = profile.path("azureKeyVaultKms");
    boolean absent =
        StrictMember.isAbsent(profile) || (profile.isObject() && StrictMember.isAbsent(kms));
    if (absent) {
      return KmsSettings.OFF;
    }
    Boolean enabled = kms.isObject() ? StrictMember.boolOrAbsent(kms.path("enabled")) : null;
    if (enabled == null) {
      return null;
    }
    return enabled ? on(kms) : KmsSettings.OFF;
  }

  private @Nullable KmsSettings on(JsonNode kms) {
    JsonNode shown = kms.path("keyVaultNetworkAccess");
    Optional<NetworkAccess> access =
        StrictMember.isAbsent(shown)
            ? Optional.of(NetworkAccess.PUBLIC)
            : NetworkAccess.of(shown.textValue());
    try {
      KeyId key = KeyId.parse(kms.path("keyId").asText(""), cloud);
      String vault = StrictMember.resourceId(kms.path("keyVaultResourceId"));
      return access.map(mode -> new KmsSettings(key, mode, vault)).orElse(null);
    } catch (InvalidKeyId invalid) {
      return null;
    }
  }

  private ClusterIdentity identity() {
    List<AssignedIdentity> assigned =
        body.at("/identity/userAssignedIdentities").properties().stream()
            .map(each -> identity(each.getKey(), each.getValue()))
            .toList();
    ClusterIdentity.Type type =
        switch (body.at("/identity/type").asText("")) {
          case "UserAssigned" -> assigned.isEmpty() ? null : ClusterIdentity.Type.USER_ASSIGNED;
          case "SystemAssigned" -> ClusterIdentity.Type.SYSTEM_ASSIGNED;
          case "None" -> ClusterIdentity.Type.NONE;
          default -> null;
        };
    return new ClusterIdentity(type, assigned);
  }

  private AssignedIdentity identity(String id, JsonNode shown) {
    return new AssignedIdentity(
        ResourceId.parse(id)
            .orElseThrow(() -> ArmFaults.malformed(doing, "it shows an identity that is no ARM id"))
            .text(),
        StrictMember.text(shown.path("principalId"), StrictMember.GUID));
  }

  private ApiServerAccess apiServer() {
    JsonNode access = properties.path("apiServerAccessProfile");
    if (!access.isObject() && !StrictMember.isAbsent(access)) {
      throw ArmFaults.malformed(doing, "it shows an access profile that can't be understood");
    }
    List<String> ranges = StrictMember.texts(access.path("authorizedIPRanges"), StrictMember.RANGE);
    return new ApiServerAccess(
        Boolean.TRUE.equals(StrictMember.bool(access.path("enableVnetIntegration"))),
        Boolean.TRUE.equals(StrictMember.bool(access.path("enablePrivateCluster"))),
        ranges == null ? List.of() : ranges,
        subnet(access.path("subnetId")));
  }

  private List<AgentPool> pools() {
    JsonNode shown = properties.path("agentPoolProfiles");
    if (!shown.isArray()) {
      throw ArmFaults.malformed(doing, "it shows no node pools");
    }
    List<AgentPool> pools = new ArrayList<>();
    shown.forEach(each -> pools.add(pool(each)));
    return pools;
  }

  private AgentPool pool(JsonNode shown) {
    String name = StrictMember.text(shown.path("name"), StrictMember.POOL);
    if (name == null) {
      throw ArmFaults.malformed(doing, "it shows a node pool without a name");
    }
    return new AgentPool(
        name,
        StrictMember.count(shown.path("count")),
        StrictMember.text(shown.path("mode"), StrictMember.WORD),
        StrictMember.text(shown.path("provisioningState"), StrictMember.WORD),
        subnet(shown.path("vnetSubnetID")));
  }

  /** A subnet that is dropped because it isn't understood would be one that nobody need join. */
  private @Nullable String subnet(JsonNode shown) {
    String id = StrictMember.resourceId(shown);
    boolean none = StrictMember.isAbsent(shown) || "".equals(shown.textValue());
    if (id == null && !none) {
      throw ArmFaults.malformed(doing, "it shows a subnet that is no ARM id");
    }
    return id;
  }
}
