package dev.rekey.operation.preflight;

import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.MinorVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as ARM shows it. A member is null where it isn't shown, or shown as something that it
 * can't be.
 *
 * @param resourceId its ARM id
 * @param provisioningState such as {@code Succeeded}
 * @param powerState such as {@code Running}
 * @param kubernetesVersion the running one, such as {@code 1.33.5}
 * @param kms what it is told of KMS; null if that can't be understood
 * @param keyId the {@code keyId} as it stands there, with or without a version
 */
public record ClusterSetup(
    String resourceId,
    @Nullable String provisioningState,
    @Nullable String powerState,
    @Nullable String kubernetesVersion,
    @Nullable KmsSettings kms,
    @Nullable String keyId,
    KmsExperience experience,
    ClusterIdentity identity,
    ApiServerAccess apiServer,
    List<AgentPool> pools) {

  public ClusterSetup {
    pools = List.copyOf(pools);
  }

  /** Whether a key of yours serves on a Kubernetes on which AKS has nothing but KMS v1. */
  public boolean isOnKmsV1() {
    return experience == KmsExperience.UNPROVED
        && MinorVersion.of(kubernetesVersion).filter(version -> !version.hasKmsV2()).isPresent();
  }

  /** Its name, as {@code az} takes it. */
  String name() {
    return resourceId.substring(resourceId.lastIndexOf('/') + 1);
  }

  /** Its resource group. */
  String group() {
    return Commands.group(resourceId);
  }
}
