package dev.rekey.aks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Openness;
import dev.rekey.operation.VaultResource;
import dev.rekey.service.port.OutsideFault;

/** Opens vaults to the public, and closes them. */
final class VaultRequests {
  private static final JsonMapper JSON = new JsonMapper();

  private final ArmRequests requests;

  VaultRequests(ArmRequests requests) {
    this.requests = requests;
  }

  VaultResource read(String vaultResourceId) {
    ResourceId id = id(vaultResourceId);
    String doing = "read the vault " + id.name();
    ObjectNode body = requests.get(doing, address(id));
    Openness openness = VaultSetupView.of(doing, id, body).openness();
    if (openness == null) {
      throw ArmFaults.malformed(doing, "it doesn't tell who gets in");
    }
    return new VaultResource(id.text(), openness);
  }

  /** The one member alone, as {@code az keyvault update --public-network-access} does. */
  void update(String vaultResourceId, NetworkAccess access) {
    ResourceId id = id(vaultResourceId);
    String wanted = access == NetworkAccess.PUBLIC ? "Enabled" : "Disabled";
    ObjectNode part = JSON.createObjectNode();
    part.putObject("properties").put("publicNetworkAccess", wanted);
    try {
      requests.patch("update the vault " + id.name(), address(id), part);
    } catch (OutsideFault fault) {
      throw fault.isMissingRight() ? withCommand(fault, id, wanted) : fault;
    }
  }

  /** Somebody else may have the right. */
  private static OutsideFault withCommand(OutsideFault fault, ResourceId id, String wanted) {
    String command = "az keyvault update --ids " + id + " --public-network-access " + wanted;
    return new OutsideFault(
        fault.system(), fault.kind(), fault.getMessage() + "; or have somebody type: " + command);
  }

  private String address(ResourceId id) {
    return requests.address(id.text(), ArmVersion.VAULT, "");
  }

  private static ResourceId id(String vaultResourceId) {
    return ResourceId.parse(vaultResourceId)
        .orElseThrow(
            () ->
                ArmFaults.fault(
                    OutsideFault.Kind.NOT_FOUND,
                    "find the vault",
                    "keyVaultResourceId is no ARM id of a vault"));
  }
}
