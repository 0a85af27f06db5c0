package dev.rekey.app.commandline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/** What somebody may do to what lies around a simulated cluster. */
final class SimulatedRekeyWorlds {
  private SimulatedRekeyWorlds() {}

  /** The vault lets selected networks in alone. */
  static void firewalled(ObjectNode vault) {
    vault.withObject("/properties/networkAcls").put("defaultAction", "Deny");
  }

  static void opened(ObjectNode vault) {
    vault.withObject("/properties/networkAcls").put("defaultAction", "Allow");
  }

  static void systemAssigned(ObjectNode cluster) {
    cluster.putObject("identity").put("type", "SystemAssigned");
  }

  static Consumer<ObjectNode> poolState(String state) {
    return cluster ->
        ((ObjectNode) cluster.at("/properties/agentPoolProfiles/0"))
            .put("provisioningState", state);
  }
}
