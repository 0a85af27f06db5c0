package dev.rekey.aks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.Openness;
import dev.rekey.operation.preflight.AccessPolicy;
import dev.rekey.operation.preflight.PrivateConnection;
import dev.rekey.operation.preflight.VaultSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the checks look at in a vault's body. */
final class VaultSetupView {
  private static final Pattern URI =
      Pattern.compile("https://(?<host>[a-zA-Z0-9-]{3,24}\\.[a-zA-Z.]{1,40})/?");

  private VaultSetupView() {}

  /**
   * Reads a body that was asked for.
   *
   * @throws dev.rekey.service.port.OutsideFault with {@code MALFORMED} if it is another resource's
   */
  static VaultSetup of(String doing, ResourceId id, ObjectNode body) {
    JsonNode properties = body.path("properties");
    if (!id.isSameAs(body.path("id").textValue()) || !properties.isObject()) {
      throw ArmFaults.malformed(doing, "it answers with another resource than " + id);
    }
    return new VaultSetup(
        id.text(),
        host(properties.path("vaultUri")),
        StrictMember.text(properties.path("tenantId"), StrictMember.GUID),
        openness(properties),
        StrictMember.boolOrAbsent(properties.path("enableRbacAuthorization")),
        policies(properties.path("accessPolicies")),
        StrictMember.bool(properties.path("enableSoftDelete")),
        StrictMember.boolOrAbsent(properties.path("enablePurgeProtection")),
        connections(properties.path("privateEndpointConnections")));
  }

  private static @Nullable String host(JsonNode uri) {
    String text = uri.textValue();
    Matcher matcher = URI.matcher(text == null || text.length() > 100 ? "" : text);
    return matcher.matches() ? matcher.group("host").toLowerCase(Locale.ROOT) : null;
  }

  /** ARM leaves out what was never set: then the vault is open. */
  private static @Nullable Openness openness(JsonNode properties) {
    JsonNode access = properties.path("publicNetworkAccess");
    if ("Disabled".equalsIgnoreCase(access.textValue())) {
      return Openness.CLOSED;
    }
    boolean enabled =
        StrictMember.isAbsent(access) || "Enabled".equalsIgnoreCase(access.textValue());
    return enabled ? byRules(properties.path("networkAcls")) : null;
  }

  private static @Nullable Openness byRules(JsonNode rules) {
    if (StrictMember.isAbsent(rules)) {
      return Openness.ALL_NETWORKS;
    }
    return switch (rules.path("defaultAction").asText("").toLowerCase(Locale.ROOT)) {
      case "allow" -> Openness.ALL_NETWORKS;
      case "deny" -> Openness.SELECTED_NETWORKS;
      default -> null;
    };
  }

  private static List<AccessPolicy> policies(JsonNode list) {
    List<AccessPolicy> policies = new ArrayList<>();
    for (JsonNode each : list) {
      String principal = StrictMember.text(each.path("objectId"), StrictMember.GUID);
      List<String> keys = StrictMember.texts(each.at("/permissions/keys"), StrictMember.WORD);
      // A policy for an application acting for somebody isn't the identity's own.
      boolean ofApplication = !StrictMember.isAbsent(each.path("applicationId"));
      if (principal != null && keys != null && !ofApplication) {
        policies.add(new AccessPolicy(principal, lower(keys)));
      }
    }
    return policies;
  }

  private static Set<String> lower(List<String> texts) {
    return texts.stream().map(StrictMember::lower).collect(Collectors.toSet());
  }

  private static List<PrivateConnection> connections(JsonNode list) {
    List<PrivateConnection> connections = new ArrayList<>();
    for (JsonNode each : list) {
      JsonNode properties = each.path("properties");
      String endpoint = StrictMember.resourceId(properties.at("/privateEndpoint/id"));
      String status =
          StrictMember.text(
              properties.at("/privateLinkServiceConnectionState/status"), StrictMember.WORD);
      if (endpoint != null && status != null) {
        connections.add(new PrivateConnection(endpoint, status));
      }
    }
    return connections;
  }
}
