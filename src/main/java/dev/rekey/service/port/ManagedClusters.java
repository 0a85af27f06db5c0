package dev.rekey.service.port;

import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.UpdateProgress;
import java.util.List;

/**
 * AKS clusters, as Azure Resource Manager shows and changes them. Every method throws {@link
 * OutsideFault}.
 */
public interface ManagedClusters {

  /** Every cluster in scope, those without KMS too, by a fresh look. */
  List<ManagedCluster> list();

  /** One cluster, by a fresh look. */
  ManagedCluster read(ClusterName cluster);

  /**
   * Asks for another {@code keyId}. Reads the body, checks that it names {@code from} and carries
   * {@code etag}, changes that one member and sends the rest as it was, with {@code If-Match}.
   *
   * @return the address of the asynchronous operation, to be asked with {@link #progress}
   * @throws OutsideFault with {@code CHANGED_MEANWHILE} if body or ETag isn't the expected one
   *     (nothing was sent, or ARM refused it); with any other kind the effect is unknown
   */
  String updateKeyId(ClusterName cluster, KeyId from, KeyId to, String etag);

  /** How an accepted update stands. */
  UpdateProgress progress(String asynchronousOperation);
}
