package dev.rekey.operation;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which of AKS' ways to encrypt Secrets a cluster is on. */
public enum KmsExperience {
  /** KMS is off. */
  NONE,
  /** A key version of the customer's, KMS v2: the only one that Rekey changes. */
  VERSIONED_KEY,
  /** The platform-managed or versionless-key experience: observed only. */
  PLATFORM_MANAGED,
  /** Customer's key, but ARM does not show that it is KMS v2. */
  UNPROVED;

  private static final Pattern WITHOUT_VERSION = Pattern.compile("https://[^/]+/keys/[^/]+/?");
  private static final Pattern WITH_VERSION = Pattern.compile("https://[^/]+/keys/[^/]+/[^/]+");

  /**
   * Which one it is, by what ARM shows.
   *
   * <ol>
   *   <li>Encrypted by the platform: observed only, whatever else is shown.
   *   <li>Customer's key off: none.
   *   <li>Customer's key without a version: AKS follows the newest version by itself; a rotation by
   *       us would fight it.
   *   <li>Customer's key with a version, on Kubernetes 1.27 or later, where KMS v2 is the default:
   *       ours.
   *   <li>Anything else is unproved, so nothing is changed.
   * </ol>
   *
   * @param kmsEnabled {@code securityProfile.azureKeyVaultKms.enabled}; absent is false
   * @param keyId the {@code keyId} beside it
   * @param infrastructureEncryption that of {@code
   *     securityProfile.kubernetesResourceObjectEncryptionProfile}
   * @param kubernetesVersion the running one, such as {@code 1.33.5}
   */
  public static KmsExperience of(
      boolean kmsEnabled,
      @Nullable String keyId,
      @Nullable String infrastructureEncryption,
      @Nullable String kubernetesVersion) {
    if ("enabled".equalsIgnoreCase(infrastructureEncryption)) {
      return PLATFORM_MANAGED;
    }
    if (!kmsEnabled) {
      return NONE;
    }
    String key = keyId == null ? "" : keyId;
    if (WITHOUT_VERSION.matcher(key).matches()) {
      return PLATFORM_MANAGED;
    }
    boolean ours = WITH_VERSION.matcher(key).matches() && hasKmsV2(kubernetesVersion);
    return ours ? VERSIONED_KEY : UNPROVED;
  }

  /** Whether turning KMS on gives KMS v2 there: Kubernetes 1.27 or later. */
  public static boolean hasKmsV2(@Nullable String kubernetesVersion) {
    return MinorVersion.of(kubernetesVersion).map(MinorVersion::hasKmsV2).orElse(false);
  }
}
