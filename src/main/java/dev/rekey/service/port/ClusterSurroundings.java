package dev.rekey.service.port;

import dev.rekey.operation.ClusterName;
import dev.rekey.operation.preflight.ClusterSide;
import dev.rekey.operation.preflight.VaultSide;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lies around a cluster in Azure Resource Manager, by fresh looks that change nothing. What
 * one may not read, what isn't there and what can't be understood is told part by part; only where
 * Azure Resource Manager gives no answer at all, a method throws {@link OutsideFault}.
 */
public interface ClusterSurroundings {

  /** The cluster, its identities and nodes, and what Rekey may do to it. */
  ClusterSide cluster(ClusterName cluster);

  /**
   * One vault, and who may do what there.
   *
   * @param cluster the cluster whose subscription is searched where no id is known
   * @param host the vault's host, such as {@code example.vault.azure.net}
   * @param resourceId its ARM id; null if it isn't known
   * @param principals the identities whose role assignments are asked for
   */
  VaultSide vault(
      ClusterName cluster, String host, @Nullable String resourceId, List<String> principals);
}
