package dev.rekey.simulation.azure;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A built-in role as Azure defines it, as far as keys and their vault go.
 *
 * @param guid the name of its definition
 * @param actions what it allows with resources
 * @param dataActions what it allows with what they hold
 */
public record AzureRole(String guid, List<String> actions, List<String> dataActions) {
  public static final AzureRole OWNER =
      new AzureRole("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", List.of("*"), List.of());
  public static final AzureRole READER =
      new AzureRole("acdd72a7-3385-48ef-bd42-f606fba81ae7", List.of("*/read"), List.of());
  public static final AzureRole KEY_VAULT_CONTRIBUTOR =
      new AzureRole(
          "f25e0fa2-a7c8-4377-a976-54943a77a395", List.of("Microsoft.KeyVault/*"), List.of());
  public static final AzureRole KEY_VAULT_CRYPTO_USER =
      new AzureRole(
          "12338af0-0e69-4776-bea7-57ae8d297424",
          List.of(),
          keys("read", "update/action", "encrypt/action", "decrypt/action", "wrap/action"));

  /** Wraps and unwraps only: the one that is often taken for what KMS needs. */
  public static final AzureRole KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER =
      new AzureRole(
          "e147488a-f6f5-4113-8e2d-b22465e65bf6",
          List.of(),
          keys("read", "wrap/action", "unwrap/action"));

  public static final AzureRole KEY_VAULT_ADMINISTRATOR =
      new AzureRole(
          "00482a5a-887f-4fb3-b363-3b7fe8e74483",
          List.of("Microsoft.KeyVault/*/read"),
          List.of("Microsoft.KeyVault/vaults/*"));

  static final List<AzureRole> ALL =
      List.of(
          OWNER,
          READER,
          KEY_VAULT_CONTRIBUTOR,
          KEY_VAULT_CRYPTO_USER,
          KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER,
          KEY_VAULT_ADMINISTRATOR);

  private static final JsonMapper JSON = new JsonMapper();

  public AzureRole {
    actions = List.copyOf(actions);
    dataActions = List.copyOf(dataActions);
  }

  private static List<String> keys(String... actions) {
    return List.of(actions).stream().map("Microsoft.KeyVault/vaults/keys/"::concat).toList();
  }

  /** The definition as ARM shows it. */
  ObjectNode definition(String subscription) {
    ObjectNode definition = JSON.createObjectNode();
    ObjectNode properties = definition.putObject("properties").put("type", "BuiltInRole");
    properties.putArray("permissions").add(permission(actions, List.of(), dataActions));
    definition.put(
        "id",
        "/subscriptions/"
            + subscription
            + "/providers/Microsoft.Authorization/roleDefinitions/"
            + guid);
    definition.put("type", "Microsoft.Authorization/roleDefinitions").put("name", guid);
    return definition;
  }

  /** A block of permissions. */
  static ObjectNode permission(
      List<String> actions, List<String> notActions, List<String> dataActions) {
    ObjectNode permission = JSON.createObjectNode();
    fill(permission.putArray("actions"), actions);
    fill(permission.putArray("notActions"), notActions);
    fill(permission.putArray("dataActions"), dataActions);
    permission.putArray("notDataActions");
    return permission;
  }

  private static void fill(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }
}
