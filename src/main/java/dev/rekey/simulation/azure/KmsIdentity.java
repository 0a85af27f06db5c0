package dev.rekey.simulation.azure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.ClusterName;

/**
 * The one user-assigned identity of a cluster, with which its API servers use the vault of its key:
 * somebody deletes it, or takes its rights, and gives them back.
 */
public final class KmsIdentity {
  private static final String TYPE = "Microsoft.ManagedIdentity/userAssignedIdentities";

  private final SimulatedArm arm;
  private final ClusterName cluster;
  private final String vaultId;
  private final String id;
  private int made;

  /**
   * A cluster gets an identity of its own, which has every right that it needs.
   *
   * @param vaultId the ARM id of its key's vault
   */
  public KmsIdentity(SimulatedArm arm, ClusterName cluster, String vaultId) {
    this.arm = arm;
    this.cluster = cluster;
    this.vaultId = vaultId;
    String group = vaultId.substring(0, vaultId.indexOf("/providers/"));
    this.id = group + "/providers/" + TYPE + "/" + cluster;
    make();
  }

  /** It is made, anew perhaps: then as another principal, which the cluster has to be given. */
  public void make() {
    made++;
    ObjectNode identity = JsonNodeFactory.instance.objectNode();
    identity.put("id", id).put("type", TYPE);
    identity
        .putObject("properties")
        .put("principalId", principal())
        .put("tenantId", UsualNeighbours.TENANT);
    arm.neighbours().put(identity);
    arm.changedByAnother(
        cluster,
        body ->
            body.withObject("/identity")
                .putObject("userAssignedIdentities")
                .putObject(id)
                .put("clientId", principal())
                .put("principalId", principal()));
    giveRights();
  }

  /** It is deleted, and its roles with it. The cluster goes on naming it. */
  public void delete() {
    arm.neighbours().remove(id);
    takeRights();
  }

  public void takeRights() {
    arm.neighbours().roles().revokeAll(principal());
  }

  public void giveRights() {
    takeRights();
    arm.neighbours().roles().assign(principal(), AzureRole.KEY_VAULT_CRYPTO_USER, vaultId);
    arm.neighbours().roles().assign(principal(), AzureRole.KEY_VAULT_CONTRIBUTOR, vaultId);
  }

  private String principal() {
    return "00000000-0000-0000-%04d-%012x"
        .formatted(made, cluster.value().hashCode() & 0xffffffffL);
  }
}
