package dev.rekey.operation;

import dev.rekey.key.Cloud;
import dev.rekey.key.InvalidKeyId;
import dev.rekey.key.KeyId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An AKS cluster as ARM shows it.
 *
 * @param resourceId its ARM id
 * @param experience which way of encryption it is on
 * @param kms what it shows of KMS
 * @param kubernetesVersion the running one, such as {@code 1.33.5}; empty if ARM does not say
 * @param upgrade what it shows of upgrades
 * @param etag names this state of the resource; never blank
 * @param provisioningState such as {@code Succeeded}, {@code Updating}, {@code Failed}
 * @param tags the resource's tags
 */
public record ManagedCluster(
    ClusterName name,
    String resourceId,
    KmsExperience experience,
    ShownKms kms,
    String kubernetesVersion,
    ShownUpgrade upgrade,
    String etag,
    String provisioningState,
    Map<String, String> tags) {

  /** {@code Canceled} is what {@code az aks operation-abort} leaves behind. */
  private static final Set<String> SETTLED = Set.of("Succeeded", "Failed", "Canceled");

  public ManagedCluster {
    tags = Map.copyOf(tags);
  }

  /** One that shows no upgrade. */
  public ManagedCluster(
      ClusterName name,
      String resourceId,
      KmsExperience experience,
      ShownKms kms,
      String kubernetesVersion,
      String etag,
      String provisioningState,
      Map<String, String> tags) {
    this(
        name,
        resourceId,
        experience,
        kms,
        kubernetesVersion,
        ShownUpgrade.none(kubernetesVersion),
        etag,
        provisioningState,
        tags);
  }

  /** The {@code keyId} in use, as it stands there; null if KMS is off or names none. */
  public @Nullable String keyId() {
    return kms.enabled() ? kms.keyId() : null;
  }

  /** Whether KMS is on with a key version. A vault ignores case in host, name and version. */
  public boolean isOn(@Nullable KeyId key) {
    return key != null && key.url().equalsIgnoreCase(keyId());
  }

  /**
   * Its settings of KMS; empty if what it names as key is no version of a key in a vault of this
   * cloud.
   */
  public Optional<KmsSettings> settings(Cloud cloud) {
    if (!kms.enabled()) {
      return Optional.of(KmsSettings.OFF);
    }
    try {
      KeyId key = KeyId.parse(String.valueOf(kms.keyId()), cloud);
      boolean isPrivate = kms.access() == NetworkAccess.PRIVATE;
      return Optional.of(
          new KmsSettings(key, kms.access(), isPrivate ? kms.vaultResourceId() : null));
    } catch (InvalidKeyId invalid) {
      return Optional.empty();
    }
  }

  /** Whether it has these settings of KMS. */
  public boolean isAt(KmsSettings settings) {
    return kms.isAt(settings);
  }

  public boolean isSettled() {
    return SETTLED.contains(provisioningState);
  }

  public boolean hasSucceeded() {
    return provisioningState.equals("Succeeded");
  }
}
