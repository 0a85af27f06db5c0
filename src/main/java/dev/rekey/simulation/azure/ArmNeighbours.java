package dev.rekey.simulation.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Resources around clusters, by ARM id and as JSON: subscriptions, identities, vaults, scale sets,
 * diagnostic settings. Every method that stands for a request throws {@link ArmRefusal}.
 * Thread-safe.
 */
public final class ArmNeighbours {
  private final ArmTroubles troubles;
  private final RoleBook roles;
  private final NavigableMap<String, ObjectNode> documents = new TreeMap<>();

  ArmNeighbours(ArmTroubles troubles) {
    this.troubles = troubles;
    this.roles = new RoleBook(troubles);
  }

  /** Who may do what. */
  public RoleBook roles() {
    return roles;
  }

  /** Puts a resource, whose body names its id. */
  public synchronized void put(ObjectNode body) {
    documents.put(key(body.path("id").asText()), body.deepCopy());
  }

  /** Changes a resource that is there. */
  public synchronized void change(String id, Consumer<ObjectNode> change) {
    change.accept(existing(id));
  }

  public synchronized void remove(String id) {
    documents.remove(key(id));
  }

  /**
   * The body of a resource.
   *
   * @param action the right that it takes
   */
  public synchronized ObjectNode get(String id, String action) {
    troubles.checkThrottle();
    troubles.checkRight(action, id);
    return existing(id).deepCopy();
  }

  /** A private endpoint is made to a vault that is there, and approved. */
  synchronized void connect(String vaultId) {
    ObjectNode vault = documents.get(key(vaultId));
    if (vault == null || vault.at("/properties/privateEndpointConnections/0").isObject()) {
      return;
    }
    ObjectNode connection =
        vault
            .withObject("/properties")
            .putArray("privateEndpointConnections")
            .addObject()
            .putObject("properties");
    connection
        .putObject("privateEndpoint")
        .put("id", "/subscriptions/aks/providers/Microsoft.Network/privateEndpoints/kms");
    connection.putObject("privateLinkServiceConnectionState").put("status", "Approved");
  }

  /** Opens a vault to the public, or closes it; gives its body. */
  public synchronized ObjectNode openVault(String id, boolean open) {
    troubles.checkThrottle();
    troubles.checkRight("Microsoft.KeyVault/vaults/write", id);
    ObjectNode vault = existing(id);
    vault.withObject("/properties").put("publicNetworkAccess", open ? "Enabled" : "Disabled");
    return vault.deepCopy();
  }

  /**
   * The resources of one type whose ids begin with a scope.
   *
   * @param type the type, or the end of one, such as {@code /diagnosticSettings}
   */
  public synchronized List<ObjectNode> list(String scope, String type, String action) {
    troubles.checkThrottle();
    troubles.checkRight(action, scope);
    String prefix = key(scope) + "/";
    String end = key(type);
    return documents.tailMap(prefix).entrySet().stream()
        .takeWhile(each -> each.getKey().startsWith(prefix))
        .map(Map.Entry::getValue)
        .filter(each -> key(each.path("type").asText()).endsWith(end))
        .map(ObjectNode::deepCopy)
        .toList();
  }

  private ObjectNode existing(String id) {
    ObjectNode body = documents.get(key(id));
    if (body == null) {
      throw ArmRefusal.notFound(id);
    }
    return body;
  }

  private static String key(String id) {
    return id.toLowerCase(Locale.ROOT);
  }
}
