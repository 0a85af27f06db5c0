package dev.rekey.operation.preflight;

import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The commands that findings tell people to type. What stands in angle brackets is to be filled in;
 * {@code $REKEY_PRINCIPAL_ID} is the object id of the identity that Rekey runs as.
 */
final class Commands {
  static final String REKEY = "\"$REKEY_PRINCIPAL_ID\"";

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:<>-]{1,1000}");

  /** A built-in role for each right, the smallest one that holds it. */
  private static final Map<String, String> ROLES =
      Map.of(
          "microsoft.keyvault/vaults/write",
          "Key Vault Contributor",
          "microsoft.containerservice/managedclusters/write",
          "Azure Kubernetes Service Contributor Role",
          "microsoft.containerservice/managedclusters/listclusterusercredential/action",
          "Azure Kubernetes Service Cluster User Role",
          "microsoft.managedidentity/userassignedidentities/assign/action",
          "Managed Identity Operator",
          "microsoft.network/virtualnetworks/subnets/join/action",
          "Network Contributor",
          "microsoft.keyvault/vaults/privateendpointconnectionsapproval/action",
          "Key Vault Contributor",
          "microsoft.keyvault/vaults/keys/read",
          "Key Vault Reader",
          "microsoft.keyvault/vaults/keyrotationpolicies/read",
          "Key Vault Crypto Officer");

  private Commands() {}

  /** An {@code az aks} command on the cluster. */
  static String aks(Question question, String command, String options) {
    return ("az aks " + command + " " + cluster(question, "--name") + " " + options).strip();
  }

  /** A command of ours on the cluster. */
  static String rekey(Question question, String command) {
    String id = question.cluster().known().map(ClusterSetup::resourceId).orElse("<ARM id>");
    return "rekey " + command + " --cluster " + quoted(id);
  }

  /** A command that shows a part of the cluster. */
  static String show(Question question, String query) {
    return aks(question, "show", "--query \"" + query + "\"");
  }

  /** An {@code az aks nodepool} command on a pool of the cluster, which the options name. */
  static String nodePool(Question question, String command, String options) {
    return "az aks nodepool " + command + " " + cluster(question, "--cluster-name") + " " + options;
  }

  private static String cluster(Question question, String nameOption) {
    return question
        .cluster()
        .known()
        .map(cluster -> where(cluster.group(), nameOption, cluster.name()))
        .orElseGet(() -> where("<group>", nameOption, "<cluster>"));
  }

  private static String where(String group, String nameOption, String name) {
    return "--resource-group " + quoted(group) + " " + nameOption + " " + name;
  }

  static String vault(Question question, String options) {
    return "az keyvault update --name " + vaultName(question) + " " + options;
  }

  static String showVault(String host, String query) {
    return "az keyvault show --name " + name(host) + " --query \"properties." + query + "\"";
  }

  static String showKey(KeyId key) {
    return "az keyvault key show --id " + key;
  }

  static String versions(VaultKey key) {
    return "az keyvault key list-versions --vault-name "
        + name(key.vaultHost())
        + " --name "
        + key.name();
  }

  static String showRoles(String principalId, String scope) {
    return "az role assignment list --include-inherited --include-groups --assignee "
        + principalId
        + " --scope "
        + quoted(scope);
  }

  static String vaultName(Question question) {
    return name(host(question));
  }

  /** The vault's name, which is the first part of its host. */
  static String name(String host) {
    int dot = host.indexOf('.');
    return dot < 0 ? host : host.substring(0, dot);
  }

  static String host(Question question) {
    KeyId key = question.change().serving().key();
    return key == null ? "<vault>" : key.key().vaultHost();
  }

  /** The vault's ARM id, or a command in its place that finds it. */
  static String vaultId(Question question, String host) {
    return question.seen().vault(host).idInCommands();
  }

  static String grantIdentity(String principalId, String role, String scope) {
    return "az role assignment create --role \""
        + role
        + "\" --assignee-object-id "
        + principalId
        + " --assignee-principal-type ServicePrincipal --scope "
        + quoted(scope);
  }

  static String setPolicy(String host, String principalId, String permissions) {
    return "az keyvault set-policy --name "
        + name(host)
        + " --object-id "
        + principalId
        + " --key-permissions "
        + permissions;
  }

  /** Gives Rekey a right. */
  static String grantRekey(Right right) {
    String role = ROLES.getOrDefault(right.action().toLowerCase(Locale.ROOT), "Reader");
    return grantIdentity(REKEY, role, right.scope());
  }

  /** Names may hold brackets, which a shell would take for its own. */
  static String quoted(String text) {
    boolean asItIs = PLAIN.matcher(text).matches() || text.startsWith("$(");
    return asItIs || text.startsWith("\"") ? text : "\"" + text + "\"";
  }

  /** The name of the resource group in an ARM id. */
  static String group(String resourceId) {
    String[] segments = resourceId.split("/", 6);
    return segments.length > 4 ? segments[4] : "<group>";
  }
}
