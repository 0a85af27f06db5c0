package dev.rekey.service.port;

import dev.rekey.fleet.MaintenanceConfiguration;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.UpdateProgress;
import dev.rekey.operation.VaultResource;
import java.util.List;
import java.util.Optional;

/**
 * AKS clusters, as Azure Resource Manager shows and changes them. Every method throws {@link
 * OutsideFault}, except {@link #find}, which hands over what it could not look at.
 */
public interface ManagedClusters {

  /**
   * Every cluster in scope, those without KMS too, by a fresh look at ARM's lists. For verdicts
   * over all of them: all or nothing. A list may lag behind, so nothing is changed on its word
   * alone: each operation reads its cluster before it does anything.
   *
   * @throws OutsideFault if a scope can't be listed, or if a cluster of which a list doesn't say
   *     all can't be read; one that vanishes meanwhile is left out
   */
  List<ManagedCluster> list();

  /**
   * The same, as far as it can be looked at. For work on each of them, which one broken cluster
   * must not stop.
   */
  default FoundClusters find() {
    return new FoundClusters(list(), List.of());
  }

  /**
   * One cluster, by a fresh look.
   *
   * @throws OutsideFault with {@code NOT_FOUND} if no cluster in scope has this name
   */
  ManagedCluster read(ClusterName cluster);

  /**
   * When AKS itself may maintain a cluster, by the first of {@link MaintenanceConfiguration#NAMES}
   * that it has; empty if it has none of them.
   *
   * @throws OutsideFault with {@code MALFORMED} if it shows one that can't be understood
   */
  Optional<MaintenanceConfiguration> maintenance(ClusterName cluster);

  /**
   * Asks for other settings of KMS. Reads the body, checks that it shows {@code from} and carries
   * {@code etag}, changes the members that differ and sends the rest as it was, once, with {@code
   * If-Match}.
   *
   * @return the address of the asynchronous operation, to be asked with {@link #progress}
   * @throws OutsideFault with {@code CHANGED_MEANWHILE} if body or ETag isn't the expected one
   *     (nothing was sent, or ARM refused it); with {@code CONFLICT}, {@code FORBIDDEN} or {@code
   *     UNAUTHENTICATED} if ARM refused it before doing anything; with any other kind the effect is
   *     unknown
   * @throws IllegalArgumentException if the ETag is blank, which ARM takes as none
   */
  String updateKms(ClusterName cluster, KmsSettings from, KmsSettings to, String etag);

  /**
   * Asks for another Kubernetes on the control plane, and leaves the node pools alone. Reads the
   * body, checks that it carries {@code etag}, changes the version that is wanted and sends the
   * rest as it was, once, with {@code If-Match}.
   *
   * @return the address of the asynchronous operation, to be asked with {@link #progress}
   * @throws OutsideFault with {@code CHANGED_MEANWHILE} if the ETag isn't the expected one (nothing
   *     was sent, or ARM refused it); with {@code CONFLICT}, {@code FORBIDDEN} or {@code
   *     UNAUTHENTICATED} if ARM refused it before doing anything; with any other kind, {@code
   *     REJECTED} where AKS doesn't offer the version, the effect is unknown
   * @throws IllegalArgumentException if the ETag is blank, which ARM takes as none
   */
  String upgradeKubernetes(ClusterName cluster, KubernetesVersion to, String etag);

  /**
   * A vault, by a fresh look.
   *
   * @param vaultResourceId its ARM id
   * @throws OutsideFault with {@code NOT_FOUND} if there is no such vault
   */
  VaultResource readVault(String vaultResourceId);

  /**
   * Asks for a vault to be open to the public, or closed. Changes that one member and no other; to
   * ask again changes nothing.
   *
   * @throws OutsideFault with {@code FORBIDDEN} if the right is missing, and then with the command
   *     that somebody who has it can type
   */
  void updateVault(String vaultResourceId, NetworkAccess access);

  /**
   * How an accepted update stands.
   *
   * @throws OutsideFault with {@code NOT_FOUND} if there is no such operation, be it forgotten or
   *     the address of somebody else, who is not asked
   */
  UpdateProgress progress(String asynchronousOperation);
}
