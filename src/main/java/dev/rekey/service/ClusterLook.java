package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Start;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a fresh look at a cluster and its key's vault found.
 *
 * @param from the key version in use; null if the cluster names none of this cloud's vaults
 * @param versions all versions of its key
 */
record ClusterLook(
    ManagedCluster cluster, @Nullable KeyId from, List<KeyVersion> versions, Start start) {

  /** The stable token of what is to be done: {@code rotation-due}, or why nothing is. */
  String standing() {
    if (start instanceof Start.Rotate) {
      return "rotation-due";
    }
    return start instanceof Start.Nothing nothing
        ? nothing.idle().token()
        : "version-from-before-first-meeting";
  }
}
