package dev.rekey.keyvault;

import com.azure.core.http.HttpResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rekey.key.VaultKey;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a vault's 403 asks for, in our own words. Of its text only an action's or a permission's
 * name in its strict form goes on.
 */
final class VaultRefusal {
  private static final JsonMapper JSON = new JsonMapper();

  /** Azure RBAC: {@code Action: 'Microsoft.KeyVault/vaults/keys/rotate/action'}. */
  private static final Pattern ACTION =
      Pattern.compile("Action: '(Microsoft\\.KeyVault/[a-zA-Z/]{1,80})'");

  /** Access policies: {@code does not have keys list permission on key vault}. */
  private static final Pattern PERMISSION =
      Pattern.compile("does not have keys ([a-z]{1,40}) permission");

  private static final Map<String, String> ROLES =
      Map.of(
          "microsoft.keyvault/vaults/keys/read", "Key Vault Reader",
          "microsoft.keyvault/vaults/keyrotationpolicies/read", "Key Vault Crypto Officer",
          "microsoft.keyvault/vaults/keys/rotate/action", "Key Vault Crypto Officer",
          "microsoft.keyvault/vaults/keys/update/action", "Key Vault Crypto Officer");

  private VaultRefusal() {}

  static String sentence(VaultKey key, HttpResponse answer) {
    JsonNode error = body(answer).path("error");
    String inner = error.path("innererror").path("code").asText("");
    String vault = "the vault " + key.vaultHost();
    if (inner.equals("ForbiddenByFirewall") || inner.equals("ForbiddenByConnection")) {
      return vault
          + " refuses this network; allow the function app's address or subnet, or give it a private"
          + " endpoint";
    }
    if (inner.equals("KeyDisabled")) {
      return vault + " refuses the call because the key version is disabled; enable it";
    }
    return missing(vault, key, error.path("message").asText(""));
  }

  private static String missing(String vault, VaultKey key, String message) {
    Matcher action = ACTION.matcher(message);
    if (action.find()) {
      String name = action.group(1);
      String role = ROLES.getOrDefault(name.toLowerCase(Locale.ROOT), "one that holds it");
      return vault + " refuses " + name + " on " + key.name() + " (role " + role + ")";
    }
    Matcher permission = PERMISSION.matcher(message);
    if (permission.find()) {
      return vault
          + " refuses the key permission "
          + permission.group(1)
          + "; add it to the identity's access policy";
    }
    return vault
        + " refuses the call; the identity needs the data actions keys/read,"
        + " keyrotationpolicies/read and keys/rotate/action on "
        + key.name();
  }

  private static JsonNode body(HttpResponse answer) {
    try {
      byte[] bytes = answer.getBodyAsBinaryData().toBytes();
      return JSON.readTree(bytes);
    } catch (JsonProcessingException notJson) {
      return JSON.createObjectNode();
    } catch (IOException | RuntimeException lost) {
      return JSON.createObjectNode();
    }
  }
}
