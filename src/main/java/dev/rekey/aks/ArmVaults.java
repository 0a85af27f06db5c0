package dev.rekey.aks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.operation.preflight.Reading;
import dev.rekey.operation.preflight.Right;
import dev.rekey.operation.preflight.VaultSetup;
import dev.rekey.operation.preflight.VaultSide;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Vaults as resources. */
final class ArmVaults {
  private static final Pattern NAME = Pattern.compile("[a-z](?:-?[a-z0-9]){2,23}");
  private static final String TYPE = "/providers/Microsoft.KeyVault/vaults/";
  private static final Set<String> AUDIT = Set.of("auditevent", "audit", "alllogs");

  private final ArmParts parts;
  private final ArmRights rights;

  ArmVaults(ArmParts parts, ArmRights rights) {
    this.parts = parts;
    this.rights = rights;
  }

  /** The ARM id of a vault: the one that is named, or that of the subscription's of this name. */
  Reading<ResourceId> locate(String subscription, String host, @Nullable String named) {
    if (named != null) {
      return ResourceId.parse(named)
          .filter(id -> StrictMember.lower(id.text()).contains(StrictMember.lower(TYPE)))
          .map(Reading::of)
          .orElseGet(() -> Reading.unread("keyVaultResourceId is no ARM id of a vault"));
    }
    String name = host.substring(0, Math.max(0, host.indexOf('.')));
    return NAME.matcher(name).matches()
        ? lookFor(subscription, name)
        : Reading.unread("the host names no vault");
  }

  private Reading<ResourceId> lookFor(String subscription, String name) {
    String scope = "/subscriptions/" + subscription;
    Reading<List<ResourceId>> found =
        parts
            .list(
                "look for the vault " + name,
                scope + "/resources",
                ArmVersion.RESOURCES,
                "resourceType eq 'Microsoft.KeyVault/vaults' and name eq '" + name + "'",
                new Right("Microsoft.Resources/subscriptions/resources/read", scope),
                each -> ResourceId.parse(each.path("id").textValue()))
            .map(
                all ->
                    all.stream()
                        .flatMap(Optional::stream)
                        .filter(id -> id.name().equalsIgnoreCase(name))
                        .toList());
    return found.then(
        all ->
            all.size() == 1
                ? Reading.of(all.get(0))
                : Reading.unread(
                    "the subscription of the cluster shows no vault "
                        + name
                        + "; name it by keyVaultResourceId"));
  }

  VaultSide side(String host, ResourceId id, List<String> principals) {
    String doing = "read the vault " + id.name();
    Reading<VaultSetup> setup =
        parts.one(
            doing,
            id.text(),
            ArmVersion.VAULT,
            new Right("Microsoft.KeyVault/vaults/read", id.text()),
            body -> VaultSetupView.of(doing, id, body));
    return new VaultSide(
        host,
        setup,
        rights.grants(id, principals),
        logged(id),
        rights.own(id.text()).permissions());
  }

  private Reading<Boolean> logged(ResourceId id) {
    return parts
        .list(
            "list the diagnostic settings of the vault " + id.name(),
            id + "/providers/Microsoft.Insights/diagnosticSettings",
            ArmVersion.DIAGNOSTICS,
            "",
            new Right("Microsoft.Insights/diagnosticSettings/read", id.text()),
            ArmVaults::keepsAudit)
        .map(settings -> settings.contains(true));
  }

  private static boolean keepsAudit(JsonNode setting) {
    for (JsonNode log : setting.at("/properties/logs")) {
      boolean audit = isAudit(log.path("category")) || isAudit(log.path("categoryGroup"));
      if (audit && Boolean.TRUE.equals(StrictMember.bool(log.path("enabled")))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAudit(JsonNode category) {
    return AUDIT.contains(StrictMember.lower(category.asText("")));
  }
}
