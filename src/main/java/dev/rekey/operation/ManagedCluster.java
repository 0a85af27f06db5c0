package dev.rekey.operation;

import dev.rekey.key.KeyId;
import java.util.Map;
import java.util.Set;
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

  /** {@code Canceled} is what {@code az aks operation-abort} leaves behind. */
  private static final Set<String> SETTLED = Set.of("Succeeded", "Failed", "Canceled");

  public ManagedCluster {
    tags = Map.copyOf(tags);
  }

  /**
   * Whether its {@code keyId} names a key version. A vault ignores case in host, name and version.
   */
  public boolean isOn(@Nullable KeyId key) {
    return key != null && key.url().equalsIgnoreCase(keyId);
  }

  public boolean isSettled() {
    return SETTLED.contains(provisioningState);
  }

  public boolean hasSucceeded() {
    return provisioningState.equals("Succeeded");
  }
}
