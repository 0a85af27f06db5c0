package dev.rekey.simulation.cluster.admission;

import dev.rekey.simulation.cluster.etcd.SecretKey;
import dev.rekey.simulation.cluster.refusal.Refusal;
import dev.rekey.simulation.cluster.refusal.Refusals;
import dev.rekey.simulation.cluster.secret.SecretContent;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The obstacles of one cluster; all its API servers share them. */
public final class Admission {
  private static final String TOUCHED = "example.com/touched";

  private final Map<String, Obstacle> ofNamespaces = new TreeMap<>();
  private final Map<SecretKey, Obstacle> ofSecrets = new TreeMap<>();
  private long touches;

  /** In the way of every update in the namespace. */
  public void put(String namespace, Obstacle obstacle) {
    ofNamespaces.put(namespace, obstacle);
  }

  /** In the way of every update of one Secret; comes before its namespace's. */
  public void put(String namespace, String name, Obstacle obstacle) {
    ofSecrets.put(SecretKey.of(namespace, name), obstacle);
  }

  /** Whether nothing is in the way of anything. */
  public boolean isClear() {
    return ofNamespaces.isEmpty() && ofSecrets.isEmpty();
  }

  /** Clears the way for the namespace and every Secret in it. */
  public void clear(String namespace) {
    ofNamespaces.remove(namespace);
    ofSecrets.keySet().removeIf(key -> key.namespace().equals(namespace));
  }

  /** Whether the identity that patches may do so. */
  public void authorize(SecretKey key) throws Refusal {
    if (on(key) instanceof Obstacle.Forbidden) {
      throw Refusals.forbidden(key.namespace(), key.name());
    }
  }

  /** Lets an update pass, or throws the denial. */
  public void admit(SecretKey key) throws Refusal {
    Obstacle obstacle = on(key);
    if (obstacle instanceof Obstacle.DeniedByPolicy denial) {
      throw Refusals.deniedByPolicy(key.name(), denial.policy());
    }
    if (obstacle instanceof Obstacle.DeniedByWebhook denial) {
      throw Refusals.deniedByWebhook(denial.webhook());
    }
    if (obstacle instanceof Obstacle.WebhookDown down) {
      throw Refusals.webhookUnreachable(down.webhook());
    }
    if (obstacle instanceof Obstacle.Invalid) {
      throw Refusals.invalid(key.name());
    }
  }

  /** Whether a webhook alters the object on its way. */
  public boolean alters(SecretKey key) {
    return on(key) instanceof Obstacle.Altered;
  }

  /** What such a webhook makes of the content: never twice the same. */
  public byte[] altered(byte[] content) {
    return SecretContent.fromBytes(content)
        .withAnnotation(TOUCHED, Long.toString(++touches))
        .toBytes();
  }

  private @Nullable Obstacle on(SecretKey key) {
    if (ofNamespaces.isEmpty() && ofSecrets.isEmpty()) {
      return null;
    }
    Obstacle own = ofSecrets.get(key);
    return own != null ? own : ofNamespaces.get(key.namespace());
  }
}
