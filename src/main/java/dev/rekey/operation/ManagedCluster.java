package dev.rekey.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An AKS cluster as ARM shows it.
 *
 * @param resourceId its ARM id
 * @param experience which way of encryption it is on
 * @param keyId the {@code keyId} of {@code securityProfile.azureKeyVaultKms}, as it stands there;
 *     null if there is none
 * @param etag names this state of the resource; never blank
 * @param provisioningState such as {@code Succeeded}, {@code Updating}, {@code Failed}
 * @param tags the resource's tags
 */
public record ManagedCluster(
    ClusterName name,
    String resourceId,
    KmsExperience experience,
    @Nullable String keyId,
    String etag,
    String provisioningState,
    Map<String, String> tags) {

  public ManagedCluster {
    tags = Map.copyOf(tags);
  }

  public boolean isSettled() {
    return provisioningState.equals("Succeeded") || provisioningState.equals("Failed");
  }

  public boolean hasSucceeded() {
    return provisioningState.equals("Succeeded");
  }
}
