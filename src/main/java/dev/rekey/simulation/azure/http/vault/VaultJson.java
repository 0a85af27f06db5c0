package dev.rekey.simulation.azure.http.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.RotationPolicy;
import dev.rekey.key.VaultKey;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The bodies of Key Vault's answers. */
final class VaultJson {
  private static final JsonMapper JSON = new JsonMapper();

  /** Any number serves: nobody computes with it. */
  private static final String NUMBER = "AQAB";

  private VaultJson() {}

  static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException notJson) {
      throw new IllegalArgumentException("a request's body that is no JSON", notJson);
    }
  }

  /** A key bundle. */
  static String whole(KeyVersion version) {
    ObjectNode bundle = JSON.createObjectNode();
    ObjectNode key = bundle.putObject("key");
    key.put("kid", version.id().url());
    key.put("kty", version.type());
    ArrayNode operations = key.putArray("key_ops");
    new TreeSet<>(version.operations()).forEach(operations::add);
    key.put("n", NUMBER).put("e", NUMBER);
    bundle.set("attributes", attributes(version));
    return bundle.toString();
  }

  /**
   * A page of versions.
   *
   * @param next where the next one is; empty for none
   */
  static String page(List<KeyVersion> versions, String next) {
    ObjectNode page = JSON.createObjectNode();
    ArrayNode value = page.putArray("value");
    for (KeyVersion version : versions) {
      value.addObject().put("kid", version.id().url()).set("attributes", attributes(version));
    }
    page.put("nextLink", next.isEmpty() ? null : next);
    return page.toString();
  }

  private static ObjectNode attributes(KeyVersion version) {
    ObjectNode attributes = JSON.createObjectNode();
    attributes.put("enabled", version.enabled());
    putSeconds(attributes, "nbf", version.notBefore());
    putSeconds(attributes, "exp", version.expires());
    putSeconds(attributes, "created", version.created());
    putSeconds(attributes, "updated", version.created());
    attributes.put("recoveryLevel", "Recoverable").put("recoverableDays", 90);
    return attributes;
  }

  private static void putSeconds(ObjectNode json, String name, @Nullable Instant instant) {
    if (instant != null) {
      json.put(name, instant.getEpochSecond());
    }
  }

  /**
   * A key without a policy of its own still has the service's default, which only notifies and has
   * no id.
   */
  static String policy(VaultKey key, RotationPolicy policy) {
    ObjectNode json = JSON.createObjectNode();
    if (!policy.equals(RotationPolicy.NONE)) {
      json.put("id", key + "/rotationpolicy");
    }
    ArrayNode actions = json.putArray("lifetimeActions");
    Period notify = policy.notifyBeforeExpiry();
    action(actions, "Notify", "timeBeforeExpiry", notify == null ? Period.ofDays(30) : notify);
    action(actions, "Rotate", "timeAfterCreate", policy.rotateAfterCreation());
    action(actions, "Rotate", "timeBeforeExpiry", policy.rotateBeforeExpiry());
    Period expires = policy.expiryTime();
    json.putObject("attributes").put("expiryTime", expires == null ? null : expires.toString());
    return json.toString();
  }

  private static void action(
      ArrayNode actions, String type, String trigger, @Nullable Period time) {
    if (time != null) {
      ObjectNode action = actions.addObject();
      action.putObject("trigger").put(trigger, time.toString());
      action.putObject("action").put("type", type);
    }
  }
}
