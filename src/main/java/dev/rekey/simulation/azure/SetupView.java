package dev.rekey.simulation.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.key.Cloud;
import dev.rekey.key.InvalidKeyId;
import dev.rekey.key.KeyId;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Openness;
import dev.rekey.operation.preflight.AccessPolicy;
import dev.rekey.operation.preflight.ActionPattern;
import dev.rekey.operation.preflight.AgentPool;
import dev.rekey.operation.preflight.ApiServerAccess;
import dev.rekey.operation.preflight.AssignedIdentity;
import dev.rekey.operation.preflight.ClusterIdentity;
import dev.rekey.operation.preflight.ClusterSetup;
import dev.rekey.operation.preflight.Permission;
import dev.rekey.operation.preflight.PrivateConnection;
import dev.rekey.operation.preflight.ScaleSet;
import dev.rekey.operation.preflight.VaultSetup;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What the checks look at in the bodies that the simulation makes. */
final class SetupView {
  private static final Set<String> AUDIT = Set.of("AuditEvent", "audit", "allLogs");

  private SetupView() {}

  static ClusterSetup cluster(JsonNode body) {
    ManagedCluster cluster = ClusterView.of(body);
    JsonNode properties = body.path("properties");
    return new ClusterSetup(
        cluster.resourceId(),
        properties.path("provisioningState").textValue(),
        properties.at("/powerState/code").textValue(),
        properties.path("currentKubernetesVersion").textValue(),
        kms(properties.at("/securityProfile/azureKeyVaultKms")),
        cluster.keyId(),
        cluster.experience(),
        identity(body.path("identity")),
        apiServer(properties.path("apiServerAccessProfile")),
        each(properties.path("agentPoolProfiles"), SetupView::pool));
  }

  private static @Nullable KmsSettings kms(JsonNode kms) {
    if (!kms.path("enabled").asBoolean()) {
      return KmsSettings.OFF;
    }
    NetworkAccess access =
        NetworkAccess.of(kms.path("keyVaultNetworkAccess").textValue())
            .orElse(NetworkAccess.PUBLIC);
    String vault = kms.path("keyVaultResourceId").asText("");
    try {
      KeyId key = KeyId.parse(kms.path("keyId").asText(""), Cloud.PUBLIC);
      return new KmsSettings(key, access, vault.isEmpty() ? null : vault);
    } catch (InvalidKeyId withoutVersion) {
      return null;
    }
  }

  private static ClusterIdentity identity(JsonNode identity) {
    List<AssignedIdentity> assigned =
        identity.path("userAssignedIdentities").properties().stream()
            .map(
                each ->
                    new AssignedIdentity(
                        each.getKey(), each.getValue().path("principalId").textValue()))
            .toList();
    ClusterIdentity.Type type =
        switch (identity.path("type").asText()) {
          case "UserAssigned" -> ClusterIdentity.Type.USER_ASSIGNED;
          case "SystemAssigned" -> ClusterIdentity.Type.SYSTEM_ASSIGNED;
          default -> ClusterIdentity.Type.NONE;
        };
    return new ClusterIdentity(type, assigned);
  }

  private static ApiServerAccess apiServer(JsonNode access) {
    return new ApiServerAccess(
        access.path("enableVnetIntegration").asBoolean(),
        access.path("enablePrivateCluster").asBoolean(),
        each(access.path("authorizedIPRanges"), JsonNode::asText),
        access.path("subnetId").textValue());
  }

  private static AgentPool pool(JsonNode pool) {
    return new AgentPool(
        pool.path("name").asText(),
        pool.path("count").asInt(),
        pool.path("mode").textValue(),
        pool.path("provisioningState").textValue(),
        pool.path("vnetSubnetID").textValue());
  }

  static ScaleSet scaleSet(JsonNode set) {
    return new ScaleSet(
        set.at("/tags/aks-managed-poolName").asText(), set.at("/sku/capacity").asInt());
  }

  static VaultSetup vault(JsonNode body) {
    JsonNode properties = body.path("properties");
    JsonNode soft = properties.path("enableSoftDelete");
    return new VaultSetup(
        body.path("id").asText(),
        URI.create(properties.path("vaultUri").asText()).getHost(),
        properties.path("tenantId").textValue(),
        openness(properties),
        properties.path("enableRbacAuthorization").asBoolean(),
        each(properties.path("accessPolicies"), SetupView::policy),
        soft.isBoolean() ? soft.booleanValue() : null,
        properties.path("enablePurgeProtection").asBoolean(),
        each(properties.path("privateEndpointConnections"), SetupView::connection));
  }

  static @Nullable Openness openness(JsonNode properties) {
    boolean open = properties.at("/networkAcls/defaultAction").asText("Allow").equals("Allow");
    return switch (properties.path("publicNetworkAccess").asText("Enabled")) {
      case "Disabled" -> Openness.CLOSED;
      case "Enabled" -> open ? Openness.ALL_NETWORKS : Openness.SELECTED_NETWORKS;
      default -> null;
    };
  }

  private static AccessPolicy policy(JsonNode policy) {
    return new AccessPolicy(
        policy.path("objectId").asText(),
        each(policy.at("/permissions/keys"), key -> key.asText().toLowerCase(Locale.ROOT)).stream()
            .collect(Collectors.toSet()));
  }

  private static PrivateConnection connection(JsonNode connection) {
    JsonNode properties = connection.path("properties");
    return new PrivateConnection(
        properties.at("/privateEndpoint/id").asText(),
        properties.at("/privateLinkServiceConnectionState/status").asText());
  }

  static boolean keepsAudit(JsonNode setting) {
    return stream(setting.at("/properties/logs"))
        .filter(log -> log.path("enabled").asBoolean())
        .flatMap(
            log -> Stream.of(log.path("category").asText(), log.path("categoryGroup").asText()))
        .anyMatch(AUDIT::contains);
  }

  static List<Permission> permissions(JsonNode role) {
    return each(role.at("/properties/permissions"), SetupView::permission);
  }

  static Permission permission(JsonNode block) {
    return new Permission(
        patterns(block.path("actions")),
        patterns(block.path("notActions")),
        patterns(block.path("dataActions")),
        patterns(block.path("notDataActions")));
  }

  private static List<ActionPattern> patterns(JsonNode list) {
    return each(list, text -> new ActionPattern(text.asText()));
  }

  private static <T> List<T> each(JsonNode list, Function<JsonNode, T> view) {
    return stream(list).map(view).toList();
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
