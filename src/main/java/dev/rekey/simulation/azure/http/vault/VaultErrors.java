package dev.rekey.simulation.azure.http.vault;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.KeyId;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.simulation.azure.VaultRight;
import dev.rekey.simulation.azure.http.AzureAnswer;
import dev.rekey.simulation.azure.http.AzureRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

/** Key Vault's errors, worded as the service words them. */
final class VaultErrors {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";

  private VaultErrors() {}

  /** Who sends no token is told where to get one. */
  static AzureAnswer challenge() {
    return of(401, "Unauthorized", "AKV10000: Request is missing a Bearer or PoP token.", "")
        .with(
            "WWW-Authenticate",
            "Bearer authorization=\"https://login.microsoftonline.com/"
                + TENANT
                + "\", resource=\"https://vault.azure.net\"");
  }

  static OutsideFault notFound(KeyId id) {
    return new OutsideFault(
        OutsideSystem.VAULT, OutsideFault.Kind.NOT_FOUND, "there is no version " + id.version());
  }

  static AzureAnswer of(OutsideFault fault, AzureRequest request) {
    return switch (fault.kind()) {
      case NOT_FOUND ->
          of(
              404,
              "KeyNotFound",
              "A key with (name/id) "
                  + request.path().substring(6)
                  + " was not found in this key vault.",
              "");
      case FORBIDDEN -> of(403, "Forbidden", refusal(fault, request), "ForbiddenByRbac");
      case BUSY ->
          of(429, "Throttled", "Too many requests.", "")
              .with(
                  "Retry-After",
                  ""
                      + Objects.requireNonNullElse(fault.retryAfter(), Duration.ofSeconds(10))
                          .toSeconds());
      default -> of(500, "InternalError", "An unexpected error occurred.", "");
    };
  }

  private static String refusal(OutsideFault fault, AzureRequest request) {
    String right =
        Arrays.stream(VaultRight.values())
            .map(VaultRight::action)
            .filter(action -> String.valueOf(fault.getMessage()).contains(action))
            .findFirst()
            .orElse("");
    return "Caller is not authorized to perform action on resource.\r\nIf role assignments, deny"
        + " assignments or role definitions were changed recently, please observe propagation"
        + " time.\r\nCaller: appid=1;oid=2;iss=https://sts.windows.net/"
        + TENANT
        + "/\r\nAction: '"
        + right
        + "'\r\nResource: '/subscriptions/s/resourcegroups/g/providers/microsoft.keyvault/vaults/"
        + request.host()
        + request.path()
        + "'\r\nAssignment: (not found)\r\nDenyAssignmentId: null\r\nDecisionReason: null \r\nVault:"
        + " v;location=westeurope\r\n";
  }

  static AzureAnswer of(int status, String code, String message, String inner) {
    ObjectNode error = JSON.createObjectNode();
    ObjectNode fields = error.putObject("error").put("code", code).put("message", message);
    if (!inner.isEmpty()) {
      fields.putObject("innererror").put("code", inner);
    }
    return AzureAnswer.json(status, error.toString());
  }
}
