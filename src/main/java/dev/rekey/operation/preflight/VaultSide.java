package dev.rekey.operation.preflight;

import java.util.List;

/**
 * What was read of one vault.
 *
 * @param host its host, such as {@code example.vault.azure.net}
 * @param grants the role assignments of the cluster's identities on it, or on something above or in
 *     it
 * @param logged whether its audit events are kept somewhere
 * @param ownRights what Rekey may do on it
 */
public record VaultSide(
    String host,
    Reading<VaultSetup> setup,
    Reading<List<RoleGrant>> grants,
    Reading<Boolean> logged,
    Reading<List<Permission>> ownRights) {

  /** Nothing of it was read, for one reason. */
  public static VaultSide unread(String host, Reading<?> why) {
    return new VaultSide(
        host,
        ClusterSide.why(why),
        ClusterSide.why(why),
        ClusterSide.why(why),
        ClusterSide.why(why));
  }

  /** Its ARM id as commands take it: where it wasn't read, a command that finds it. */
  public String idInCommands() {
    return setup
        .known()
        .map(vault -> Commands.quoted(vault.resourceId()))
        .orElseGet(
            () -> "$(az keyvault show --name " + Commands.name(host) + " --query id --output tsv)");
  }
}
